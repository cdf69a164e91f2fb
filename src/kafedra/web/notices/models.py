"""News for one person, and how that person wants to hear of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.notices.kinds import LONGEST_NAME


class Notice(models.Model):
    """One piece of news on the page. `facts` fill its sentence, in whatever language it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    news = models.CharField(max_length=LONGEST_NAME)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, help_text="where the news can be seen, from the root of the server")
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["user", "seen_at"], name="unseen_notices")]

    def __str__(self) -> str:
        return f"{self.news} for {self.user_id}"


class Wish(models.Model):
    """Whether a person wants news of one kind on the page, and by e-mail. Without a row: as `kinds` says."""

    record_name = "wish"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=LONGEST_NAME)
    page = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
