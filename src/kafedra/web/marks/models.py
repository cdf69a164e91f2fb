"""Marks as they were entered."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run


class EnteredMark(models.Model):
    """A mark that somebody gave a student: attendance, an oral exam. `name` is what the run's formula calls it.

    One per student and name is in force; whatever was entered before stays, undone.
    """

    record_name = "mark"

    run = models.ForeignKey(Run, models.PROTECT, related_name="marks")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks")
    name = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=7, decimal_places=3)
    why = models.TextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "name", "student"], condition=models.Q(undone_at=None), name="mark_once_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} for {self.student_id}"
