"""Final grades as they were frozen."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run


class FrozenGrade(models.Model):
    """One student's grade in the record book, with the facts that it followed from.

    `record` is the number (None: there was no grade), `total` the exact grade as a fraction, `facts` what it was made
    of and `digest` their fingerprint. A decision writes a new row with its reason and lets go of the one before: the
    one without `replaced_at` counts.
    """

    record_name = "grade"

    run = models.ForeignKey(Run, models.PROTECT, related_name="frozen_grades")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="frozen_grades")
    group = models.CharField(max_length=100, blank=True)
    record = models.IntegerField(null=True)
    total = models.CharField(max_length=500, blank=True)
    letter = models.CharField(max_length=100, blank=True)
    automat = models.BooleanField()
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "student"], condition=models.Q(replaced_at=None), name="one_final_grade_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} for {self.student_id}"

    @cached_property
    def exact(self) -> Fraction | None:
        """The exact grade; None if there was none."""
        return Fraction(self.total) if self.total else None
