"""News for one person, how that person wants to hear of it, the letters on their way, and who was reminded of what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.notices.kinds import Kind


class Notice(models.Model):
    """One piece of news on the page. `facts` fill the sentence of its kind, in whatever language it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, help_text="where the news can be seen, from the root of the server")
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "seen_at"], name="unseen_notices")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class Wish(models.Model):
    """Whether a person wants news of one kind on the page, and by e-mail. Without a row: as `kinds` says."""

    record_name = "wish"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    page = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


class Delivery(models.TextChoices):
    """What became of a letter. `expired`: what it says would no longer have been true when it could be sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"


class Letter(models.Model):
    """A letter in the outbox, written in the transaction of what it tells. Its text is forgotten once it has left.

    `run` is whose instructors see it in their list; None: of the account alone. After `expires_at` there is no sense
    in sending it. `unreachable` says that the last attempt did not get as far as the mail server's answer.
    """

    record_name = "letter"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    run = models.ForeignKey("runs.Run", models.CASCADE, null=True, related_name="+")
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


class Reminder(models.Model):
    """Somebody was reminded of one deadline of one assignment. A deadline that moves is another one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    run = models.ForeignKey("runs.Run", models.CASCADE, related_name="+")
    assignment = models.SlugField(max_length=60)
    deadline = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "run", "assignment", "deadline"], name="one_reminder_per_deadline")
        ]

    def __str__(self) -> str:
        return f"{self.assignment} for {self.user_id}"
