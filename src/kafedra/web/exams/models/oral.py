"""The oral part of an exam."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run


class Draw(models.Model):
    """A card that a student drew: `card` of the file `tickets` of the course."""

    record_name = "ticket"

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    tickets = models.CharField(max_length=60)
    card = models.CharField(max_length=60)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["run", "tickets"])]

    def __str__(self) -> str:
        return self.card
