"""Tokens for programs."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from kafedra.web import clock


class ApiToken(models.Model):
    """What a program shows in place of a person. Only its digest is kept: the token itself is shown once.

    `scopes` are values of `Scope`. After `expires_at` it opens nothing, and it always has such a day.
    """

    record_name = "api-token"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"

    def works(self, at: datetime) -> bool:
        """Whether it opens anything at that moment."""
        return self.revoked_at is None and at < self.expires_at
