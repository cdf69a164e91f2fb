"""Grading one submission: from its row to its report, whatever happens on the way."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, Protocol

from kafedra.course import Assignment
from kafedra.grading import GradingFault, Report, SandboxUnavailable, UnusableAssignment
from kafedra.web.classroom import course
from kafedra.web.classroom.executor.interface import Stage
from kafedra.web.classroom.git.contents import submitted_files
from kafedra.web.classroom.git.storage import repository_path
from kafedra.web.classroom.models import Submission
from kafedra.web.classroom.services import start_grading, store_fault, store_report, wait_again

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MAX_READ_BYTES = 32 * 1024 * 1024


class WarmGrader(Protocol):
    """What is needed of a grader."""

    def grade(self, assignment: Assignment, files: Mapping[str, bytes], *, language: Literal["ru", "en"]) -> Report:
        """Raises GradingFault, UnusableAssignment or SandboxUnavailable."""


def claim(submission_id: int) -> Submission | None:
    """The submission, now marked as being graded; None when there is nothing left to do for it."""
    rows = Submission.objects.select_related("repository__student", "repository__run")
    submission = rows.filter(pk=submission_id).first()
    if submission is None or not start_grading(submission=submission):
        return None
    return submission


def grade(submission: Submission, grader: WarmGrader) -> Stage:
    """Grade a claimed submission and store what came out: a report, a fault of ours, or another try later.

    Raises SandboxUnavailable, after putting the submission back, when nothing can be graded here.
    """
    try:
        report = _report(submission, grader)
        # The judge's own time: a fault of ours and its repetition cost the student nothing.
        store_report(submission=submission, report=report, grading_time=timedelta(seconds=report.seconds))
    except SandboxUnavailable:
        wait_again(submission=submission)
        raise
    except Exception as error:  # noqa: BLE001  # whatever it is, it is not the student's: never a zero
        return _failed(submission, error)
    return Stage.GRADED


def _report(submission: Submission, grader: WarmGrader) -> Report:
    repository = submission.repository
    assignment = course.current().assignments[repository.assignment]
    files = submitted_files(repository_path(repository), submission.commit, assignment.notebook, MAX_READ_BYTES)
    language = repository.student.language or course.current().language
    return grader.grade(assignment, files, language="en" if language == "en" else "ru")


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
