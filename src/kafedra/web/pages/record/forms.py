"""What to look for in the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kafedra.web.pages.record.selectors import Sought


class SoughtForm(forms.Form):
    """The filter above the record; nothing in it is required, and a wrong value restricts nothing."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    person = forms.CharField(
        label=_("Name or login"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    since = forms.DateField(
        label=pgettext_lazy("dates", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=pgettext_lazy("dates", "Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    server = forms.BooleanField(label=_("and what the server did by itself"), required=False)
    about = forms.CharField(max_length=90, required=False, widget=forms.HiddenInput)

    def sought(self) -> Sought:
        """The filter as a value."""
        self.is_valid()
        data = self.cleaned_data
        return Sought(
            words=data.get("q", ""),
            person=data.get("person", ""),
            about=data.get("about", ""),
            since=data.get("since"),
            until=data.get("until"),
            by_server=data.get("server", False),
        )
