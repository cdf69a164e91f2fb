"""Writes of the classroom: repositories, submissions, and what became of them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from kafedra.web import clock
from kafedra.web.classroom import course
from kafedra.web.classroom.models import Report, Repository, Run, State, Submission

if TYPE_CHECKING:
    from kafedra import grading
    from kafedra.web.people.models import User


@transaction.atomic
def ensure_runs() -> list[Run]:
    """Create the missing rows of the runs that the course's files describe; returns all of them."""
    return [Run.objects.get_or_create(slug=slug)[0] for slug in course.current().runs]


def accept_assignment(*, student: User, run: Run, assignment: str) -> Repository:
    """Give `student` a repository for `assignment`: on disk the bare repository with the start, then its row.

    Accepting twice, or twice at once, gives the same repository. Raises KeyError for an unknown assignment.
    """
    from kafedra.web.classroom.git.storage import create_repository  # the git side builds on these services

    mine = {"run": run, "assignment": assignment, "student": student}
    found = Repository.objects.filter(**mine).first()
    if found is not None:
        return found
    draft = Repository(**mine, path=f"{run.slug}/{assignment}/{student.username}.git")
    # Outside the transaction: the first one builds the student version, and SQLite has a single writer.
    digest = create_repository(draft, course.current().assignments[assignment])
    with transaction.atomic():
        row, _ = Repository.objects.get_or_create(**mine, defaults={"path": draft.path, "template_digest": digest})
    return row


def folder(repository: Repository) -> Path:
    """Where the bare repository lies on disk."""
    return Path(settings.REPOSITORIES_DIR) / repository.path


@transaction.atomic
def record_push(
    *, repository: Repository, commit: str, pushed_at: datetime, protected_changes: list[str] | None = None
) -> Submission:
    """Write the submission down, waiting to be graded. The same push recorded twice is one submission."""
    submission, _ = Submission.objects.get_or_create(
        repository=repository,
        commit=commit,
        pushed_at=pushed_at,
        defaults={"protected_changes": protected_changes or []},
    )
    return submission


@transaction.atomic
def start_grading(*, submission: Submission) -> bool:
    """Claim a waiting submission for grading; False when somebody else has it or it is done."""
    claimed = Submission.objects.filter(pk=submission.pk, state=State.WAITING).update(
        state=State.RUNNING, started_at=clock.now(), finished_at=None, attempts=F("attempts") + 1, fault=""
    )
    if claimed:
        submission.refresh_from_db(fields=["state", "started_at", "finished_at", "attempts", "fault"])
    return bool(claimed)


@transaction.atomic
def wait_again(*, submission: Submission) -> None:
    """Put a submission back into the queue: grading it was interrupted, or is to be repeated."""
    Submission.objects.filter(pk=submission.pk).update(state=State.WAITING, started_at=None, finished_at=None)
    submission.refresh_from_db(fields=["state", "started_at", "finished_at"])


@transaction.atomic
def take_up_unfinished() -> int:
    """At start: what was being graded when the server stopped waits again. Returns how many wait now."""
    Submission.objects.filter(state=State.RUNNING).update(state=State.WAITING, started_at=None)
    return Submission.objects.filter(state=State.WAITING).count()


@transaction.atomic
def store_report(*, submission: Submission, report: grading.Report, grading_time: timedelta) -> Report:
    """Keep the judge's report; `grading_time` is what counts as grading, without waiting in the queue."""
    row = Report.objects.create(
        submission=submission,
        points=report.points,
        max_points=report.max_points,
        seed=report.seed,
        seconds=report.seconds,
        grading_seconds=grading_time.total_seconds(),
        document=json.loads(report.model_dump_json()),
    )
    _finish(submission, State.GRADED, fault="")
    return row


@transaction.atomic
def store_fault(*, submission: Submission, fault: str) -> None:
    """Grading failed through no fault of the student's; `fault` is for the instructor's eyes."""
    _finish(submission, State.FAULT, fault=fault)


def _finish(submission: Submission, state: State, *, fault: str) -> None:
    submission.state, submission.fault, submission.finished_at = state, fault, clock.now()
    submission.save(update_fields=["state", "fault", "finished_at"])
