"""What somebody types in to be let in, and the instructor's rule about domains."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kafedra.web.people.forms import visible

GITHUB = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def github_name(text: str) -> str:
    """A name at GitHub, typed with or without the address around it; empty if there is none. Raises ValidationError."""
    name = text.strip().rstrip("/").rpartition("/")[2].removeprefix("@")
    if name and not GITHUB.fullmatch(name):
        raise ValidationError(_("This can't be a name at GitHub: letters, digits and single hyphens."))
    return name


class RequestForm(forms.Form):
    """Name, group, address, and the name at GitHub for those who have one."""

    name = forms.CharField(
        label=_("First and last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    group = forms.CharField(label=_("Group"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=200,
        help_text=_("The link to the course comes here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    github = forms.CharField(
        label=_("Name at GitHub, if you have one"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    # People don't see it; programs that fill in every field do.
    website = forms.CharField(required=False, max_length=200)

    def clean_name(self) -> str:
        """As teachers will see it: nothing invisible in it."""
        return visible(str(self.cleaned_data["name"]))

    def clean_group(self) -> str:
        return visible(str(self.cleaned_data["group"]))

    def clean_github(self) -> str:
        """With or without the address around it."""
        return github_name(str(self.cleaned_data["github"]))


class DomainForm(forms.Form):
    """Whose requests need no approval."""

    domain = forms.CharField(
        label=_("Domain"), max_length=120, widget=forms.TextInput(attrs={"placeholder": "edu.hse.ru"})
    )

    def clean_domain(self) -> str:
        """A domain, typed with or without the @."""
        domain = str(self.cleaned_data["domain"]).strip().lower().rpartition("@")[2]
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(_("This isn't a domain. It looks like edu.hse.ru."))
        return domain


class DeclineForm(forms.Form):
    """Why a request is declined; the person reads it."""

    reason = forms.CharField(max_length=300, required=False)
