"""Requests to look at a test again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.submissions.models import Submission


class Appeal(models.Model):
    """A student asks a person to look at one test of one submission; open until it is answered."""

    record_name = "appeal"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="appeals")
    test = models.CharField(max_length=200)
    message = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "test"], name="one_appeal_per_test")]

    def __str__(self) -> str:
        return f"{self.test} of {self.submission_id}"
