"""Addresses that hear of news, and what was sent to each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock


class Event(models.TextChoices):
    """What a webhook may hear of. The value is what is sent, and never changes."""

    VERDICT = "verdict", _("a verdict on a submission")
    REVIEW = "review.published", _("a review is published")
    DEADLINE = "deadline.near", _("a deadline is near")


PING = "ping"  # to try it; every webhook hears it


class Off(models.TextChoices):
    """Why a webhook is switched off."""

    FAILING = "failing", _("it did not answer for a day")
    GONE = "gone", _("it answered “410 Gone”: it wants no more")
    LEFT = "left", _("you don't belong to the run any more")
    STUDENT = "student", _("you are no teacher of the run any more")


class Webhook(models.Model):
    """An address that hears of its owner's news in a run, or, of a teacher's `everybody`, of every student's.

    `secret` signs what is sent, so it can't be a digest; until `former_until` the `former` one signs as well, so that a
    receiver has time to change over. `failures` are attempts since the last that succeeded.
    """

    record_name = "webhook"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks")
    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="+")
    address = models.URLField(max_length=500)
    secret = models.CharField(max_length=80)
    former = models.CharField(max_length=80, blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    events = models.JSONField()
    everybody = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    failures = models.PositiveIntegerField(default=0)
    off_at = models.DateTimeField(null=True, blank=True)
    off_because = models.CharField(max_length=8, choices=Off.choices, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.address


class Fate(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", _("waits")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("arrived")
    FAILED = "failed", _("failed")


class Delivery(models.Model):
    """One message for one address. `number` is the same in every attempt: receivers know it again by it."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    number = models.CharField(max_length=40, unique=True)
    event = models.CharField(max_length=20)
    body = models.TextField()
    at = models.DateTimeField(default=clock.now)
    fate = models.CharField(max_length=8, choices=Fate.choices, default=Fate.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["fate", "next_at"], name="deliveries_due")]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook_id}: {self.fate}"
