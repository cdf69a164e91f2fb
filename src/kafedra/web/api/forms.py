"""What a new token is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kafedra.web.api.scopes import FOR_STAFF, Scope

DAYS = (7, 30, 90, 180, 365)


class TokenForm(forms.Form):
    """Its name, what it may be used for, and for how long."""

    label = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("bot of our group"), "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=(), widget=forms.CheckboxSelectMultiple, initial=[Scope.OWN_READ]
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work, days?"), choices=[(days, str(days)) for days in DAYS], coerce=int, initial=90
    )

    def __init__(self, teaches: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has them
            (scope.value, scope.label) for scope in Scope if teaches or scope not in FOR_STAFF
        ]

    def chosen(self) -> list[Scope]:
        """What it may be used for."""
        return [Scope(value) for value in self.cleaned_data["scopes"]]
