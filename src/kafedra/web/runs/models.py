"""One teaching of the course, and what counts in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock


class Run(models.Model):
    """Anchors rows to one teaching of the course; what a run consists of is in the course's files."""

    record_name = "run"

    slug = models.SlugField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.slug


class AcceptedTerms(models.Model):
    """What counts in the run, as an instructor accepted it (None: the server, at its first start).

    The newest row is in force.
    """

    record_name = "terms"

    run = models.ForeignKey(Run, models.CASCADE, related_name="accepted_terms")
    terms = models.JSONField()
    accepted_at = models.DateTimeField(default=clock.now)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-accepted_at", "-pk"]

    def __str__(self) -> str:
        return f"terms of {self.run_id}"
