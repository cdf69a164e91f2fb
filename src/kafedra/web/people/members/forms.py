"""What an instructor says about a member."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kafedra.web.people.forms import visible
from kafedra.web.people.models import Membership, Role


class MemberForm(forms.Form):
    """Role and group. `seen_role` and `seen_group` are what they were when the page was opened."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    group = forms.CharField(
        label=_("Group"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    seen_role = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_group = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_group(self) -> str:
        """Nothing that can't be seen."""
        return visible(str(self.cleaned_data["group"]))

    def overtaken(self, membership: Membership) -> bool:
        """Whether a colleague has changed what this form was about to change."""
        now = {"role": membership.role, "group": membership.group}
        seen = {name: self.data.get(f"seen_{name}", now[name]) for name in now}
        return any(now[name] != seen[name] and self.cleaned_data[name] not in (now[name], seen[name]) for name in now)

    def wanted(self, name: str, membership: Membership) -> str:
        """What the field is to be: as typed, unless it was left as it was shown."""
        now, typed = str(getattr(membership, name)), str(self.cleaned_data[name])
        return now if typed == self.data.get(f"seen_{name}", now) else typed


class RemovalForm(forms.Form):
    """Why somebody is taken out of the run."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("It is kept in the record, and the person can read it there."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
