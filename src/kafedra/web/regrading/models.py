"""A regrade and its trials: what the changed tests say of each submission, before anybody's points move."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Report, Submission


class RegradeStage(models.TextChoices):
    """Where a regrade stands. Points move when it is applied, at no other moment."""

    GRADING = "grading"
    READY = "ready"
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


class Regrade(models.Model):
    """One operation: who graded which assignment again, when, why, by which tests, and what came of it.

    `begun_by` None is the operator at the command line. `tests_before` is what most of the reports were made by.
    """

    record_name = "regrade"

    run = models.ForeignKey(Run, models.PROTECT, related_name="regradings")
    assignment = models.SlugField(max_length=60)
    stage = models.CharField(max_length=10, choices=RegradeStage.choices, default=RegradeStage.GRADING)
    reason = models.TextField(blank=True)
    whole = models.BooleanField(default=False, help_text="every submission, not only those that count")
    only = models.JSONField(default=list, blank=True, help_text="ids of the students that it is about; empty: all")
    tests_before = models.CharField(max_length=64, blank=True)
    tests_after = models.CharField(max_length=64)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="submissions by what became of them, once applied")

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.assignment} #{self.pk}"

    @property
    def open(self) -> bool:
        """True while it can still be applied or discarded."""
        return self.stage in (RegradeStage.GRADING, RegradeStage.READY)


class TrialState(models.TextChoices):
    """Whether the changed tests have run."""

    WAITING = "waiting"
    DONE = "done"
    FAULT = "fault"


class Trial(models.Model):
    """What the changed tests say of one submission: with the seed of the report that counts, and with another.

    `first` and `second` are documents of reports; there is no `second` where nothing had to be run. `result` is the
    report that came of it when the regrade was applied.
    """

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="trials")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="trials")
    before = models.ForeignKey(Report, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=TrialState.choices, default=TrialState.WAITING)
    first = models.JSONField(null=True, blank=True)
    second = models.JSONField(null=True, blank=True)
    fault = models.TextField(blank=True)
    result = models.OneToOneField(Report, models.PROTECT, null=True, blank=True, related_name="trial")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["regrade", "submission"], name="one_trial_per_submission")]

    def __str__(self) -> str:
        return f"trial of {self.submission_id}"

    @property
    def ran_by_the_same_tests(self) -> bool:
        """Whether the report that counts is of the very tests that ran now."""
        return self.before.tests_digest == self.regrade.tests_after
