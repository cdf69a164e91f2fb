"""Grading one submission: from its row to its report, whatever happens on the way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from kafedra.course import Assignment
from kafedra.grading import (
    GradingFault,
    Report,
    SandboxUnavailable,
    TestReport,
    UnusableAssignment,
    fingerprint,
    tests_digest,
)
from kafedra.web.executor.interface import Stage, WarmGrader
from kafedra.web.executor.live import live
from kafedra.web.executor.reuse import earlier, taken_over
from kafedra.web.git.contents import submitted_files
from kafedra.web.runs import course
from kafedra.web.submissions.models import Report as Row
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.services import start_grading, store_fault, store_report, wait_again
from kafedra.web.submissions.storage import repository_path

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MAX_READ_BYTES = 32 * 1024 * 1024

OnTest = Callable[[TestReport], None]


def _nobody(_test: TestReport) -> None:
    """Nobody listens."""


def claim(submission_id: int) -> Submission | None:
    """The submission, now marked as being graded; None when there is nothing left to do for it."""
    rows = Submission.objects.select_related("repository__student", "repository__run")
    submission = rows.filter(pk=submission_id).first()
    if submission is None or not start_grading(submission=submission):
        return None
    return submission


def grade(submission: Submission, grader: WarmGrader, on_test: OnTest = _nobody) -> Stage:
    """Grade a claimed submission and store what came out: a report, a fault of ours, or another try later.

    `on_test` hears of each test as it ends.

    Raises SandboxUnavailable, after putting the submission back, when nothing can be graded here.
    """
    try:
        found = judged(submission, grader, on_test)
        store_report(
            submission=submission,
            report=found.report,
            # The judge's own time: a fault of ours and its repetition cost the student nothing.
            grading_time=timedelta(seconds=found.report.seconds),
            tests_digest=found.tests_digest,
            taken_from=found.taken_from,
        )
    except SandboxUnavailable:
        wait_again(submission=submission)
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is not the student's: never a zero
        return _failed(submission, error)
    return Stage.GRADED


@dataclass(frozen=True, slots=True)
class Judged:
    """A report, by which tests it was made, and whose report it repeats if nothing was run."""

    report: Report
    tests_digest: str
    taken_from: Row | None = None


def judged(submission: Submission, grader: WarmGrader, on_test: OnTest = _nobody) -> Judged:
    """The author's earlier report where one will do, else what the grader says."""
    began = time.monotonic()
    repository = submission.repository
    assignment = course.current().assignments[repository.assignment]
    files, language = files_of(submission, assignment), language_of(submission)
    mark, tests = fingerprint(assignment, files), tests_digest(assignment)
    known = earlier(submission, mark, language)
    if known is not None:
        return Judged(taken_over(known, time.monotonic() - began), tests, known)

    def ended(test: TestReport) -> None:
        live.ended(submission.pk, test)
        on_test(test)

    with live.following(submission.pk):
        report = grader.grade(assignment, files, language=language, on_progress=ended)
    if report.fingerprint not in ("", mark):  # the tests were changed under our hands: good for nobody else
        mark = tests = ""
    return Judged(report.model_copy(update={"fingerprint": mark}), tests)


def files_of(submission: Submission, assignment: Assignment) -> dict[str, bytes]:
    """What the grader reads of the submission."""
    path = repository_path(submission.repository)
    return submitted_files(path, submission.commit, assignment.notebook, MAX_READ_BYTES)


def language_of(submission: Submission) -> Literal["ru", "en"]:
    """The language of the report: the author's, else the course's."""
    return "en" if (submission.repository.student.language or course.current().language) == "en" else "ru"


def _failed(submission: Submission, error: Exception) -> Stage:
    log.error(
        "submission %s: attempt %s failed",
        submission.pk,
        submission.attempts,
        exc_info=None if isinstance(error, GradingFault) else error,
    )
    if submission.attempts < MAX_ATTEMPTS and not isinstance(error, UnusableAssignment):
        wait_again(submission=submission)
        return Stage.WAITING
    store_fault(submission=submission, fault=f"{type(error).__name__}: {error}")
    return Stage.FAULT
