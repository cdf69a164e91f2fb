"""Who was reminded of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock


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
