"""Grading one submission: from its row to its report, whatever happens on the way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kafedra.course import Assignment, Language
from kafedra.grading import (
    GradingFault,
    Job,
    Report,
    SandboxUnavailable,
    TestReport,
    UnusableAssignment,
    checked,
    graded_files,
    tests_mark,
)
from kafedra.web.executor.bundles import bundles
from kafedra.web.executor.interface import OnTest, Stage, WarmGrader
from kafedra.web.executor.live import live
from kafedra.web.executor.reuse import earlier, fingerprint, taken_over
from kafedra.web.executor.seeds import seed_for
from kafedra.web.git.contents import submitted_files
from kafedra.web.runs import course
from kafedra.web.submissions.models import Report as Row
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.services.verdicts import ClaimLost, give_back, start_grading, store_fault, store_report
from kafedra.web.submissions.storage import repository_path

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MAX_READ_BYTES = 32 * 1024 * 1024


def _nobody(_test: TestReport) -> None:
    """Nobody listens."""


def settle(submission_id: int, grader: WarmGrader, on_start: Callable[[], None], on_test: OnTest) -> Stage:
    """As `executor.interface.Settle`: claimed, graded, written down."""
    submission = claim(submission_id)
    if submission is None:
        return Stage.POSTPONED
    on_start()
    return grade(submission, grader, on_test)


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
        give_back(submission=submission)
        raise
    except ClaimLost as lost:
        log.warning("%s; its late report is dropped", lost)
        return Stage.POSTPONED
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
    assignment = course.current().assignments[submission.repository.assignment]
    job = job_for(submission, assignment)
    environment = grader.environment(assignment.environment)
    mark, tests = fingerprint(assignment, job, environment), tests_mark(job.bundle, environment)
    known = earlier(submission, mark, job.language)
    if known is not None:
        return Judged(taken_over(known, time.monotonic() - began), tests, known)

    def ended(test: TestReport) -> None:
        live.ended(submission.pk, test)
        on_test(test)

    # staff who have it graded again want other inputs; nobody else draws
    seed = None if submission.fresh else seed_for(submission.repository_id, job.bundle, mark)
    with live.following(submission.pk):
        report = believed(grader, job.model_copy(update={"seed": seed}), ended)
    if report.fingerprint not in ("", mark):  # the tests were changed under our hands: good for nobody else
        mark = tests = ""
    return Judged(report.model_copy(update={"fingerprint": mark}), tests)


def job_for(submission: Submission, assignment: Assignment) -> Job:
    """What a grader is asked about the submission, by the tests of `assignment` as they are now."""
    files = files_of(submission, assignment)
    return Job(
        slug=assignment.slug,
        bundle=bundles.add(assignment),
        files=files,
        language=language_of(submission),
    )


def believed(grader: WarmGrader, job: Job, on_test: OnTest = _nobody) -> Report:
    """The grader's report, held against what the tests promise. Raises GradingFault where it can't be the answer."""
    asked = time.monotonic()
    report = grader.grade(job, on_test)
    return checked(report, job, grader.promise(job), time.monotonic() - asked)


def files_of(submission: Submission, assignment: Assignment) -> dict[str, bytes]:
    """What the grader reads of the submission."""
    path = repository_path(submission.repository)
    found = submitted_files(path, submission.commit, assignment.handed_in, MAX_READ_BYTES)
    return graded_files(assignment, found)


def language_of(submission: Submission) -> Language:
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
        give_back(submission=submission)
        return Stage.WAITING
    store_fault(submission=submission, fault=f"{type(error).__name__}: {error}")
    return Stage.FAULT
