"""Letters on their way."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from kafedra.web import clock


class Delivery(models.TextChoices):
    """What became of a letter. `expired`: what it says would no longer have been true when it could be sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"


class Letter(models.Model):
    """A letter in the outbox, written in the transaction of what it tells. Its text is forgotten once it has left.

    `run` is whose instructors see it in their list; None: of the account alone. An `unlisted` one nobody sees there:
    that it was written says what only its reader may know. After `expires_at` there is no sense in sending it.
    `unreachable` says that the last attempt did not get as far as the mail server's answer.
    """

    record_name = "letter"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    run = models.ForeignKey("runs.Run", models.CASCADE, null=True, related_name="+")
    unlisted = models.BooleanField(default=False)
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, help_text="the same in every attempt: receivers know it again by it")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    retry_until = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    unreachable = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "next_at"], name="letters_due"),
            models.Index(fields=["run", "state"], name="letters_of_run"),
        ]

    def __str__(self) -> str:
        return f"{self.state} for {self.address}"
