"""People: accounts, their roles in runs, invitations, and tokens for git."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
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


class Role(models.TextChoices):
    """What a person may do in one run."""

    STUDENT = "student", _("student")
    ASSISTANT = "assistant", _("assistant")
    INSTRUCTOR = "instructor", _("instructor")

    @property
    def rank(self) -> int:
        """Order of rights: a greater rank may do all that a smaller one may."""
        return list(Role).index(self)


class UserManager(BaseUserManager["User"]):
    """Finds people by login, whatever the case it was typed in."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account. The login is part of repository addresses and never changes."""

    username = models.CharField(_("login"), max_length=39, unique=True, validators=[valid_username])
    display_name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
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


class Membership(models.Model):
    """One person in one run."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    run = models.ForeignKey("classroom.Run", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "run"], name="one_membership_per_run")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.run_id}: {self.role}"


class Invitation(models.Model):
    """A link that lets people into a run with a role."""

    token = models.CharField(max_length=43, unique=True)
    run = models.ForeignKey("classroom.Run", models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    note = models.CharField(max_length=120, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.role} in {self.run_id}"

    def state(self, moment: datetime) -> str:
        """`open`, `revoked`, `expired` or `used_up` at `moment`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= moment:
            return "expired"
        if self.max_uses is not None and self.uses >= self.max_uses:
            return "used_up"
        return "open"


class AccessToken(models.Model):
    """A password for git and scripts. Only its digest is kept: the token itself is shown once."""

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


class FailedSignIn(models.Model):
    """One failed attempt to sign in; kept for as long as it counts against the next one."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["at"], name="failed_sign_in_at")]

    def __str__(self) -> str:
        return f"{self.username} from {self.address}"
