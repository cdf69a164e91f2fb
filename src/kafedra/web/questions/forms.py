"""What people type about questions: as long as need be, with pictures that are written anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra.notebooks.prose import visible
from kafedra.web.frame.pictures import ACCEPTED, MAX_UPLOAD_BYTES, NotAPicture, Redrawn, redrawn
from kafedra.web.people import throttle
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess
from kafedra.web.questions.models import LONGEST_TEXT, LONGEST_TITLE, About, Audience, Picture, Question
from kafedra.web.questions.services.asking import Words
from kafedra.web.questions.services.pictures import MOST, keep_picture
from kafedra.web.questions.subjects import Subject

AUDIENCES = {
    Audience.NAMED: (gettext_lazy("everybody in the course, with my name"), ""),
    Audience.UNNAMED: (
        gettext_lazy("everybody in the course, without my name"),
        gettext_lazy("Classmates won't see who asks. Teachers will: it lets them help, and answer for order here."),
    ),
    Audience.STAFF: (gettext_lazy("teachers alone"), ""),
}
CODE_LINES = 5  # more than that may be a solution


class Files(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class Pictures(forms.FileField):
    """Pictures as they will be kept."""

    widget = Files(attrs={"accept": ACCEPTED, "multiple": True})
    sender: User

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002  # Django's own signature
        """Written anew, every one; wrong says which and why."""
        files = [one for one in data or () if one]
        if len(files) > MOST:
            raise ValidationError(_("%(n)d pictures at most.") % {"n": MOST})
        if files and (why := throttle.pictures_refused(self.sender)):
            raise ValidationError(why)
        return [self._one(one) for one in files]

    def _one(self, file: Any) -> Redrawn:
        try:
            return redrawn(file.read(MAX_UPLOAD_BYTES + 1))
        except NotAPicture as error:
            raise ValidationError(f"{file.name}: {error}") from error


class WithPictures(forms.Form):
    """Words, pictures that come with them, and those that came before (`kept`)."""

    text = forms.CharField(max_length=LONGEST_TEXT, strip=True)
    pictures = Pictures(required=False)

    def __init__(self, *args: Any, access: RunAccess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["pictures"].sender = access.user  # type: ignore[attr-defined]  # of `Pictures`

    def kept(self) -> list[UUID]:
        """Every picture that is to be part of it: those that came now are kept from here on."""
        known = _uids(self.data.getlist("kept") if hasattr(self.data, "getlist") else [])
        owned = Picture.objects.filter(uid__in=known, owner=self.access.user, run=self.access.run)
        uids = list(owned.values_list("uid", flat=True))
        came = self.cleaned_data.get("pictures") or ()
        run, owner = self.access.run, self.access.user
        uids += [keep_picture(run=run, owner=owner, picture=picture).uid for picture in came]
        return uids[:MOST]


class QuestionForm(WithPictures):
    """A question. What is about one's own work is for teachers alone until its author says otherwise."""

    title = forms.CharField(max_length=LONGEST_TITLE, strip=True)
    audience = forms.ChoiceField(choices=Audience.choices)
    shows_work = forms.BooleanField(required=False)

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.fields["audience"].choices = [(one, AUDIENCES[one][0]) for one in audiences(subject)]  # type: ignore[attr-defined]  # of a ChoiceField

    def clean_title(self) -> str:
        """On one line, with nothing in it that turns or hides what follows."""
        return visible(" ".join(self.cleaned_data["title"].split()))[:LONGEST_TITLE]

    def words(self, pictures: Sequence[UUID]) -> Words:
        """What was typed; nothing of one's work is shown where there is none."""
        known = self.cleaned_data
        shows = known["shows_work"] and self.subject.of_own_work and known["audience"] != Audience.STAFF
        return Words(known["title"], known["text"], Audience(known["audience"]), shows, pictures)


class AnswerForm(WithPictures):
    """An answer."""

    unnamed = forms.BooleanField(required=False)


class HideForm(forms.Form):
    """Why something is hidden."""

    why = forms.CharField(max_length=500, strip=True)


def audiences(subject: Subject) -> list[Audience]:
    """Who may be chosen to read it; a solution of a harder problem would spoil it for the others."""
    return [Audience.STAFF] if subject.about == About.PROBLEM else list(Audience)


def first_audience(subject: Subject) -> Audience:
    """Who reads it unless its author says otherwise."""
    return Audience.STAFF if subject.of_own_work or subject.about == About.PROBLEM else Audience.NAMED


def of_question(question: Question) -> Mapping[str, Any]:
    """What the form of a known question begins with."""
    return {
        "title": question.title, "text": question.text, "audience": question.audience,
        "shows_work": question.shows_work,
    }  # fmt: skip


def digest(words: Words, subject: Subject) -> str:
    """Names what a preview has shown: another text has to be looked at anew."""
    told = [words.title, words.text, words.audience, str(words.shows_work), subject.value, str(len(words.pictures))]
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]


def much_code(text: str) -> bool:
    """Whether there is so much code in it that it may be a solution."""
    lines, fenced, most = 0, False, 0
    for line in text.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fenced, lines = not fenced, 0
        elif fenced or line.startswith(("    ", "\t")):
            lines += bool(line.strip())
            most = max(most, lines)
        elif line.strip():
            lines = 0
    return most > CODE_LINES


def _uids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts[: 2 * MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
