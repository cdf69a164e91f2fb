"""What an instructor decides about frozen grades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kafedra.web.people.models import User
from kafedra.web.recordbook.selectors import SheetRow

FOLLOW, KEEP = "follow", "keep"
LONGEST_REASON = 500


class DecisionForm(forms.Form):
    """Whose frozen grades, what becomes of them, and why."""

    students = forms.MultipleChoiceField(
        label=_("Students"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whose grades this is about.")},
    )  # fmt: skip
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(FOLLOW, _("the grade follows the facts of today")), (KEEP, _("the frozen grade stays"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, help_text=_("The student reads it too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, rows: Sequence[SheetRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.student.username: row for row in rows}
        names = [(row.student.username, row.student.display_name) for row in rows]
        self.fields["students"].choices = names  # type: ignore[attr-defined]  # a ChoiceField has them

    def chosen(self) -> list[SheetRow]:
        """The rows that were chosen, in the order of the page."""
        wanted = set(self.cleaned_data["students"])
        return [row for login, row in self.rows.items() if login in wanted]

    def people(self) -> list[User]:
        """Whose they are."""
        return [row.student for row in self.chosen()]

    @property
    def follows(self) -> bool:
        """Whether the grades follow the facts."""
        return bool(self.cleaned_data["decision"] == FOLLOW)
