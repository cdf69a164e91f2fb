"""Belonging to a run: roles, groups, invitations, and requests for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock
from kafedra.web.people.models.account import User


class Role(models.TextChoices):
    """What a person may do in one run."""

    STUDENT = "student", _("student")
    ASSISTANT = "assistant", _("assistant")
    INSTRUCTOR = "instructor", _("instructor")

    @property
    def rank(self) -> int:
        """Order of rights: a greater rank may do all that a smaller one may."""
        return list(Role).index(self)


class Membership(models.Model):
    """One person in one run."""

    record_name = "membership"

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    group = models.CharField(max_length=40, blank=True)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "run"], name="one_membership_per_run")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.run_id}: {self.role}"


class Invitation(models.Model):
    """A link that lets people into a run with a role."""

    record_name = "invitation"

    token = models.CharField(max_length=43, unique=True)
    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="invitations")
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


class Decision(models.TextChoices):
    """What became of a request for an invitation."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class InvitationRequest(models.Model):
    """Somebody without an account asks to be let into a run as a student; approval makes an invitation for one."""

    record_name = "request"

    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="requests")
    name = models.CharField(max_length=150)
    group = models.CharField(max_length=40, blank=True)
    email = models.EmailField()
    github = models.CharField(max_length=39, blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=Decision.choices, default=Decision.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    invitation = models.OneToOneField(Invitation, models.SET_NULL, null=True, related_name="request")

    class Meta:
        ordering = ["created_at", "pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["run", "state"], name="request_queue")]

    def __str__(self) -> str:
        return self.email


class DomainRule(models.Model):
    """Requests from addresses of this domain are approved without waiting: the link goes to the address itself."""

    record_name = "domain"

    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=120)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["domain"]
        constraints = [models.UniqueConstraint(fields=["run", "domain"], name="one_rule_per_domain")]

    def __str__(self) -> str:
        return self.domain
