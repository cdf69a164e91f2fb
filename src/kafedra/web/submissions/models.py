"""What was handed in: who has which repository, what was pushed, what the judge said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from kafedra.web import clock
from kafedra.web.runs.models import Run


class Edition(models.Model):
    """The files of an assignment as the course gave them out at some time: to whoever accepted it then, and, once it is
    published, to those who have it already. `files` are git's names of the contents by path; `contents` holds them.
    """

    record_name = "edition"

    run = models.ForeignKey(Run, models.PROTECT, related_name="editions")
    assignment = models.SlugField(max_length=60)
    commit = models.CharField(max_length=40, help_text="what a student who accepts it starts from")
    files = models.JSONField()
    contents = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="what changed, for students")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "assignment", "published_at"], name="editions_of_an_assignment")]

    def __str__(self) -> str:
        return f"{self.assignment} of {self.made_at:%Y-%m-%d}"


class Repository(models.Model):
    """A student's own repository for one assignment of one run.

    `edition` is the newest published one that the student's main has; None until the first that came later is taken.
    """

    record_name = "repository"

    run = models.ForeignKey(Run, models.PROTECT, related_name="repositories")
    assignment = models.SlugField(max_length=60)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="repositories")
    path = models.CharField(max_length=200)
    accepted_at = models.DateTimeField(default=clock.now)
    template_digest = models.CharField(max_length=64, blank=True)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="taken_by")

    class Meta:
        verbose_name_plural = "repositories"
        constraints = [
            models.UniqueConstraint(fields=["run", "assignment", "student"], name="one_repository_per_assignment")
        ]

    def __str__(self) -> str:
        return self.path


class State(models.TextChoices):
    """Where a submission stands. `fault` means that grading failed for a reason of ours."""

    WAITING = "waiting"
    RUNNING = "running"
    GRADED = "graded"
    FAULT = "fault"


class Submission(models.Model):
    """One push of one student to one assignment; written before grading starts, so that it can't be lost."""

    record_name = "submission"

    repository = models.ForeignKey(Repository, models.PROTECT, related_name="submissions")
    commit = models.CharField(max_length=40)
    pushed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.PositiveIntegerField(default=0, help_text="counts who took it to grade it; only the last may settle")
    protected_changes = models.JSONField(default=list, blank=True)
    fault = models.TextField(blank=True)
    fresh = models.BooleanField(default=False, help_text="to be graded anew even where an earlier report would do")

    class Meta:
        ordering = ["-pushed_at", "-pk"]
        indexes = [models.Index(fields=["state", "pushed_at"], name="submission_queue")]
        constraints = [
            models.UniqueConstraint(fields=["repository", "commit", "pushed_at"], name="one_submission_per_push")
        ]

    def __str__(self) -> str:
        return f"{self.commit[:7]} to {self.repository_id}"

    @property
    def short_commit(self) -> str:
        """The commit as git abbreviates it."""
        return self.commit[:7]

    @property
    def finished(self) -> bool:
        """True when nothing more will happen to it by itself."""
        return self.state in (State.GRADED, State.FAULT)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, of which the newest of each submission counts."""

    def of(self, submissions: Iterable[int]) -> Self:
        """Those of some submissions, by their ids."""
        return self.filter(submission__in=list(submissions))

    def newest_of_each(self) -> dict[int, Report]:
        """The newest of these reports of each submission, by the submission's id. One query."""
        return {row.submission_id: row for row in self.order_by("created_at", "pk")}

    def newest_values(self, *columns: str) -> dict[int, tuple[Any, ...]]:
        """The same as these columns alone."""
        rows = self.order_by("created_at", "pk").values_list("submission_id", *columns)
        return {row[0]: row[1:] for row in rows}


_Reports = models.Manager.from_queryset(ReportQuerySet)


class StandingReports(_Reports["Report"]):
    """All but the withdrawn ones."""

    def get_queryset(self) -> ReportQuerySet:
        """What every page, sum and export sees."""
        return ReportQuerySet(self.model, using=self._db).filter(withdrawn_at=None)


class Report(models.Model):
    """What the judge said of one submission. The newest report of a submission is the one that counts.

    Withdrawn ones (a regrade was undone) are kept for the record, in `everything`, and count nowhere. `fingerprint`
    is equal where code, tests and environment are; `tests_digest` where tests and environment are. One that was not
    made anew names the report that it was `taken_from`.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="reports")
    created_at = models.DateTimeField(default=clock.now)
    points = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(0))
    max_points = models.DecimalField(max_digits=6, decimal_places=3)
    seed = models.BigIntegerField()
    seconds = models.FloatField(help_text="what the judge measured, seconds")
    grading_seconds = models.FloatField(
        help_text="added to the time of the push, seconds; waiting in the queue excluded"
    )
    document = models.JSONField()
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    tests_digest = models.CharField(max_length=64, blank=True)
    taken_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[StandingReports] = StandingReports()
    everything: ClassVar[models.Manager[Report]] = models.Manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.points} of {self.max_points} for {self.submission_id}"
