"""What people type into the pages of reviews."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_TEXT = 20_000
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


class CommentForm(forms.Form):
    """One comment of a draft, and what the page knew when it was typed."""

    cell = forms.IntegerField(min_value=0, max_value=100_000)
    text = WordsField(required=False)
    taken_off = PointsField()
    into_bank = forms.BooleanField(required=False)
    bank_key = forms.CharField(max_length=40, required=False)
    revision = forms.IntegerField(min_value=0, required=False)
    seen = forms.IntegerField(min_value=0, required=False)
    page = forms.CharField(max_length=36, required=False)

    def __init__(self, *args: Any, most: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean_taken_off(self) -> Decimal:
        """Not more than the assignment is worth."""
        points: Decimal = self.cleaned_data["taken_off"]
        if points > self.most:
            raise forms.ValidationError(_("The assignment is worth less than that."))
        return points

    def clean(self) -> dict[str, Any]:
        """Points need a reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("taken_off") and not values.get("text", "").strip():
            self.add_error("text", _("Say what the points are taken off for: the student will read it."))
        return values


class BankForm(forms.Form):
    """An entry of the comment bank."""

    text = WordsField(label=_("Comment"))
    taken_off = PointsField(label=_("Points off"))

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
