"""What people type into the pages of reviews."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kafedra.course import AssignedWork
from kafedra.web.reviews.bank import entry

MAX_TEXT = 20_000
MOST_ENTRIES = 7  # of the bank in one comment, besides the one chosen last: so many keys fit
MOST_CHANGES = 1_000_000_000
NO_DATABASE_LETTER = "\x00"


class WordsField(forms.CharField):
    """Free text as it was typed, without what no database takes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_TEXT, strip=False, widget=forms.Textarea, **options)

    def to_python(self, value: Any) -> str:
        """The text with one kind of line end."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n")
        return text.encode("utf-8", "replace").decode().replace(NO_DATABASE_LETTER, "")


class PointsField(forms.DecimalField):
    """Points with a comma or with a point; nothing is zero."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, decimal_places=3, required=False, **options)

    def to_python(self, value: Any) -> Decimal:  # type: ignore[override]  # the stubs take it for an IntegerField
        """An exact number."""
        text = str(value or "").strip().replace(",", ".").lstrip("-−–")
        return super().to_python(text) or Decimal(0)


class AffordableForm(forms.Form):
    """Takes off no more points than the assignment `work` is worth."""

    taken_off = PointsField(label=_("Points off"))

    def __init__(self, *args: Any, work: AssignedWork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most, self.assignment = work.points, work.slug

    def clean_taken_off(self) -> Decimal:
        """Not more than the assignment is worth."""
        return self.affordable(self.cleaned_data["taken_off"])

    def affordable(self, points: Decimal) -> Decimal:
        """The points. Raises ValidationError if the assignment is worth less."""
        if points > self.most:
            raise forms.ValidationError(_("The assignment is worth less than that."))
        return points


class KnownForm(forms.Form):
    """What a page knew of a comment and of the draft when it was sent."""

    revision = forms.IntegerField(min_value=0, max_value=MOST_CHANGES, required=False)
    seen = forms.IntegerField(min_value=0, max_value=MOST_CHANGES, required=False)
    page = forms.CharField(max_length=36, required=False)


class CommentForm(AffordableForm, KnownForm):
    """One comment of a draft. Without a script an entry of the bank comes in here: `from_bank` is its key."""

    cell = forms.IntegerField(min_value=0, max_value=100_000)
    text = WordsField(required=False)
    into_bank = forms.BooleanField(required=False)
    bank_key = forms.CharField(max_length=200, required=False)
    from_bank = forms.CharField(max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Points need a reason. What was chosen from the bank is added to what was typed, its points to the points."""
        values: dict[str, Any] = super().clean() or {}
        chosen = entry(self.assignment, key) if (key := values.get("from_bank")) else None
        if chosen is not None and not self.errors:
            text = values["text"].strip()
            values["text"] = f"{text}\n\n{chosen.text}" if text else chosen.text
            typed, keys = values["taken_off"], values["bank_key"].split() if text else []
            values["taken_off"] = self.affordable(typed + chosen.taken_off if text else chosen.taken_off or typed)
            values["bank_key"] = " ".join(dict.fromkeys([*keys[-MOST_ENTRIES:], chosen.key]))
        if values.get("taken_off") and not values.get("text", "").strip():
            self.add_error("text", _("Say what the points are taken off for: the student will read it."))
        return values


class BankForm(AffordableForm):
    """An entry of the comment bank."""

    field_order = ("text", "taken_off")

    text = WordsField(label=_("Comment"))

    def clean_text(self) -> str:
        """Something to say."""
        text: str = self.cleaned_data["text"].strip()
        if not text:
            raise forms.ValidationError(_("An empty comment says nothing."))
        return text


class MessageForm(forms.Form):
    """One message of the conversation."""

    text = WordsField(required=False)
    comment = forms.UUIDField(required=False)
