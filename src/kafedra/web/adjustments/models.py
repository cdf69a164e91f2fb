"""Later deadlines, and points set by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission


class Extension(models.Model):
    """A later deadline for one student and assignment: a moment, or so many days after the course's own.

    Of those that are not undone the latest counts. Those given together share their `batch`.
    """

    record_name = "extension"

    run = models.ForeignKey(Run, models.PROTECT, related_name="extensions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="extensions")
    assignment = models.SlugField(max_length=60)
    deadline = models.DateTimeField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField()
    batch = models.UUIDField(db_index=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__isnull=False) ^ models.Q(days__isnull=False),
                name="extension_is_a_moment_or_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} for {self.student_id}"


class Override(models.Model):
    """Points set by hand, with a reason: of one submission instead of the judge's, or of a whole assignment.

    Of a submission they are what the judge would have given: review and penalty still apply. Of an assignment
    (`submission` is None) they are final. New ones replace those before, which are then undone for good.
    """

    record_name = "override"

    run = models.ForeignKey(Run, models.PROTECT, related_name="overrides")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="overrides")
    assignment = models.SlugField(max_length=60)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="overrides")
    points = models.DecimalField(max_digits=6, decimal_places=3)
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.points} for {self.assignment} of {self.student_id}"
