"""What people type in about themselves and about invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kafedra.web.people.models import Role, User, valid_username

DAYS_CHOICES = [(7, _("for a week")), (30, _("for a month")), (120, _("for a term")), (0, _("until revoked"))]


class SignInForm(forms.Form):
    """Login and password; the account's own e-mail address will do for the login."""

    username = forms.CharField(
        label=_("Login or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class AddressForm(forms.Form):
    """Where letters go."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class NewAddressForm(AddressForm):
    """Where they are to go from now on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class RegisterForm(forms.Form):
    """A new account by an invitation."""

    display_name = forms.CharField(
        label=_("First and last name"),
        max_length=150,
        help_text=_("As your teachers know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Login"),
        max_length=39,
        help_text=_("Latin letters, digits and hyphens. It becomes part of your repositories' addresses."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail, if you like"),
        max_length=200,
        required=False,
        help_text=_("For reminders of deadlines, and to come in when the password is forgotten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters; a few words in a row make a good one."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, knows_email: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows_email:
            del self.fields["email"]

    def clean_display_name(self) -> str:
        """Names are shown to teachers: nothing that can't be seen may hide in one."""
        return visible(str(self.cleaned_data["display_name"]))

    def clean_username(self) -> str:
        """Lower-case, well-formed, and free."""
        username = str(self.cleaned_data["username"]).strip().lower()
        valid_username(username)
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("This login is taken. Please choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        """The password, against the person it belongs to."""
        data = super().clean() or self.cleaned_data
        if password := data.get("password"):
            person = User(username=data.get("username", ""), display_name=data.get("display_name", ""))
            _check_password(self, "password", password, person)
        return data


class ArrivalForm(RegisterForm):
    """The same by way of a provider that vouches for the person: no password."""

    password = None  # type: ignore[assignment]  # how Django takes a field out


class PasswordForm(forms.Form):
    """A new password, by somebody who knows the old one; the first one of an account that has none."""

    current = forms.CharField(
        label=_("Current password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters. Other devices will have to sign in again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        """Only the owner changes a password."""
        current = str(self.cleaned_data["current"])
        if not self.user.check_password(current):
            raise ValidationError(_("This isn't your current password."))
        return current

    def clean(self) -> dict[str, Any]:
        """The new password, against the person it belongs to."""
        data = super().clean() or self.cleaned_data
        if new := data.get("new"):
            _check_password(self, "new", new, self.user)
        return data


class TokenForm(forms.Form):
    """What a new token is for."""

    label = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("laptop"), "autocomplete": "off"}),
    )


class InvitationForm(forms.Form):
    """A new invitation link."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.STUDENT)
    days = forms.TypedChoiceField(
        label=pgettext_lazy("invitation", "Valid"), choices=DAYS_CHOICES, coerce=int, initial=30
    )
    max_uses = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput(attrs={"placeholder": _("any number")}),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("group 231"), "autocomplete": "off"}),
    )

    def clean_note(self) -> str:
        """Nothing that can't be seen: it may turn round the words beside it."""
        return visible(str(self.cleaned_data["note"]))


def visible(text: str) -> str:
    """`text` with single spaces; raises ValidationError when something in it can't be seen."""
    text = " ".join(text.split())
    if not text.isprintable():
        raise ValidationError(_("The name has invisible characters. Please type it in by hand."))
    return text


def _check_password(form: forms.Form, field: str, password: str, person: User) -> None:
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        form.add_error(field, error)
