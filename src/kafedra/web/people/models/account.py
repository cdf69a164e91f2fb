"""Accounts: the person, how they sign in, their tokens for git."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock

valid_username = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Use Latin lower-case letters, digits and single hyphens between them."),
)


class UserManager(BaseUserManager["User"]):
    """Finds people by login, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account. The login is part of repository addresses and never changes."""

    record_name = "account"

    username = models.CharField(_("login"), max_length=39, unique=True, validators=[valid_username])
    display_name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    github = models.CharField(max_length=39, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True, choices=[("ru", "Русский"), ("en", "English")])
    is_staff = models.BooleanField(_("operator of this server"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    sessions_generation = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ["display_name", "username"]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name shown on pages."""
        return self.display_name or self.username

    def get_session_auth_hash(self) -> str:
        """Ties sessions to the password and to a counter: moving either ends every session of this person."""
        value = f"{self.password}|{self.sessions_generation}"
        return salted_hmac("kafedra.people.session", value, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """None: rotating the secret key ends sessions."""
        return iter(())


class AccessToken(models.Model):
    """A password for git and scripts. Only its digest is kept: the token itself is shown once."""

    record_name = "token"

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"


class CountedAttempt(models.Model):
    """One wrong password, or one letter asked for; kept for as long as it counts against the next one."""

    kind = models.CharField(max_length=10)
    who = models.CharField(max_length=150)  # a login or an e-mail address, as typed
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["at"], name="attempt_at")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.who} from {self.address}"


class SignIn(models.Model):
    """One successful sign-in: how (`password`, `link`, `invitation`), from where, with what."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=clock.now)
    way = models.CharField(max_length=12)
    address = models.CharField(max_length=64)
    browser = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} by {self.way}"


class SignInLink(models.Model):
    """A link that was mailed to let its owner in, once. Only the digest of its secret is kept."""

    record_name = "sign-in-link"

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link of {self.user_id}"
