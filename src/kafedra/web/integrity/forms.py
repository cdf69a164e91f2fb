"""What is filled in about a case: what was seen, which lines, an answer, a decision, why it is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kafedra.policy import Ground, Ruling
from kafedra.web.frame.templatetags.kafedra import day
from kafedra.web.frame.words import GROUNDS, RULINGS
from kafedra.web.integrity.models import LONGEST_TEXT, Case, Side
from kafedra.web.integrity.names import names_in
from kafedra.web.integrity.selectors import latest_of_others, submission_of
from kafedra.web.integrity.services import Marked
from kafedra.web.people.models import User
from kafedra.web.submissions.models import Submission

LONGEST_REASON = 2000
_NUMBER = re.compile(r"(?:.*/submissions/)?(\d{1,18})/?(?:[?#].*)?\Z", re.ASCII | re.DOTALL)
_LINES = re.compile(r"\s*(\d{1,6})\s*(?:[-–—:]\s*(\d{1,6})\s*)?\Z", re.ASCII)  # dashes as people type them


def unnamed(text: str, people: Iterable[User]) -> str:
    """The text, which students read, if it names none of these people. Raises ValidationError."""
    if found := names_in(text, people):
        message = _("The students read this, and would learn of each other: leave out “%(names)s”.")
        raise ValidationError(message, params={"names": "”, “".join(found)})
    return text


class OpenForm(forms.Form):
    """Which other work, what the case is about, and what was seen."""

    ground = forms.ChoiceField(label=_("What is it about?"), choices=list(GROUNDS.items()))
    second = forms.ChoiceField(label=_("The other work"), required=False)
    exact = forms.CharField(
        label=_("or the address of another submission"),
        max_length=300,
        required=False,
        help_text=_("Of the same assignment in this run. Left empty, the case is about one work alone."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("What was seen"),
        max_length=LONGEST_TEXT,
        help_text=_("The students read it, once they are asked. Facts and places in the work, without names."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, first: Submission, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first
        choices = [(str(one.pk), _labelled(one)) for one in latest_of_others(first)]
        self.fields["second"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean(self) -> dict[str, Any]:
        """At most one other work, of another student on the same assignment; nobody is named."""
        data = super().clean() or self.cleaned_data
        if data.get("second") and data.get("exact"):
            self.add_error("exact", _("Choose the other work, or give its address: one of them."))
        second = self.other_work()
        if data.get("exact") and second is None:
            self.add_error("exact", _("There is no such submission of another student to this assignment."))
        if data.get("ground") == Ground.DECEIVING and second is not None:
            self.add_error("ground", _("An attempt to deceive the grader is about one work: open two cases."))
        if data.get("words"):
            people = [self.first.repository.student, *([second.repository.student] if second else [])]
            try:
                unnamed(data["words"], people)
            except ValidationError as error:
                self.add_error("words", error)
        return data

    def other_work(self) -> Submission | None:
        """The other submission, if there is one."""
        typed = self.cleaned_data.get("exact") or self.cleaned_data.get("second") or ""
        found = _NUMBER.match(typed.strip())
        return submission_of(self.first, int(found[1])) if found else None


def _labelled(one: Submission) -> str:
    student, at = one.repository.student, timezone.localtime(one.pushed_at)
    return f"{student.display_name} ({student.username}) · {day(at.date())}, {at:%H:%M} · {one.short_commit}"


class LinesField(forms.CharField):
    """One line, or the first and the last: `12`, `12-30`."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"})

    def to_python(self, value: Any) -> Any:
        """The first and the last line, or None."""
        typed = super().to_python(value)
        if not typed:
            return None
        if (found := _LINES.match(typed)) is None:
            raise ValidationError(_("Give one line or a range, such as 12 or 12-30."))
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last:
            raise ValidationError(_("Lines are counted from 1, and a range begins with the smaller number."))
        return first, last


class MarkForm(forms.Form):
    """Lines of one side, and those of the other that are like them."""

    first = LinesField(label=_("Lines on the left"), max_length=20)
    second = LinesField(label=_("Lines on the right"), max_length=20)
    note = forms.CharField(label=_("What is to be seen there"), max_length=500, required=False)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        if len(case.both) == 1:
            self.fields["first"].label = _("Lines")
            del self.fields["second"]

    def clean_note(self) -> str:
        """Names nobody."""
        return unnamed(self.cleaned_data["note"], [side.student for side in self.case.both])

    def clean(self) -> dict[str, Any]:
        """The lines are there."""
        data = super().clean() or self.cleaned_data
        for side, name in zip(self.case.both, ("first", "second"), strict=False):
            if data.get(name) and data[name][1] > len(side.lines):
                message = _("There are only %(n)s lines.")
                self.add_error(name, ValidationError(message, params={"n": len(side.lines)}))
        return data

    def marked(self) -> Marked:
        """What is marked."""
        data = self.cleaned_data
        return Marked(data["first"], data.get("second"), data["note"])


class AnswerForm(forms.Form):
    """What the student says."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Only the staff of the run read it."),
    )


class DecideForm(forms.Form):
    """What it ends in for one student, and why."""

    ruling = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The student reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, side: Side, rulings: Sequence[Ruling], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"id_side_{side.pk}_%s"})  # the other side's form is there too
        self.side = side
        choices = [(one.value, RULINGS[one.value]) for one in rulings]
        self.fields["ruling"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean_reason(self) -> str:
        """Does not name the other."""
        return unnamed(self.cleaned_data["reason"], others(self.side))


class ReverseForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label=_("Why it is taken back"),
        max_length=LONGEST_REASON,
        help_text=_("The student reads it too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, side: Side, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"id_back_{side.pk}_%s"})
        self.side = side

    def clean_reason(self) -> str:
        """Does not name the other."""
        return unnamed(self.cleaned_data["reason"], others(self.side))


def others(side: Side) -> list[User]:
    """Whom else the case is about."""
    return [one.student for one in side.case.both if one.student_id != side.student_id]
