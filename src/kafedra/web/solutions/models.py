"""Who has opened which solution."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run


class SolutionOpening(models.Model):
    """A student has opened the solution of an assignment: what they push to it from then on doesn't count."""

    record_name = "solution-opening"

    run = models.ForeignKey(Run, models.PROTECT, related_name="solution_openings")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="solution_openings")
    assignment = models.SlugField(max_length=60)
    opened_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "assignment", "student"], name="one_opening_per_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.assignment} by {self.student_id}"
