"""What an assignment's tests promise, and a report held against it: a grader's word alone is no verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kafedra.grading.faults import GradingFault
from kafedra.grading.report import Report, TestReport
from kafedra.grading.wire import Job, Promise, Promised

_CLOCKS_DIFFER: Final = 1.0  # seconds: what two machines may measure apart


def checked(report: Report, job: Job, promise: Promise, wall_seconds: float) -> Report:
    """The report, if it can be the answer to ``job``.

    ``wall_seconds`` have passed since the job was given away: grading time moves the moment of submission, so a report
    may not claim more. Raises :class:`~kafedra.grading.faults.GradingFault` with all that does not fit.
    """
    wrong = [*_of_the_job(report, job), *_of_the_tests(report, promise), *_of_the_time(report, wall_seconds)]
    if wrong:
        raise GradingFault(f"the report on {job.slug} is not believed: {'; '.join(wrong)}")
    return report


def _of_the_job(report: Report, job: Job) -> Iterator[str]:
    if report.assignment != job.slug:
        yield f"it is about {report.assignment[:80]!r}"
    if report.language != job.language:
        yield f"its language is {report.language[:10]!r}, not {job.language!r}"
    if job.seed is not None and report.seed != job.seed:
        yield f"its seed is {report.seed}, not {job.seed}"
    if report.public_only or report.reused or not report.sandboxed:
        yield "it is not of a whole run in a sandbox"


def _of_the_tests(report: Report, promise: Promise) -> Iterator[str]:
    named = [test.id for test in report.tests]
    if len(named) != len(set(named)):
        yield "a test stands in it twice"
    if missing := sorted(set(promise) - set(named)):
        yield f"{len(missing)} tests are missing, {missing[0]} among them"
    for test in report.tests:
        yield from _of_a_test(test, promise.get(test.id))


def _of_a_test(test: TestReport, promised: Promised | None) -> Iterator[str]:
    if promised is None:
        yield f"the assignment has no test {test.id[:80]!r}"
        return
    if (test.hidden, test.max_points) != (promised.hidden, promised.max_points):
        yield f"{test.id} is not as its author wrote it"
    if not 0 <= test.points <= promised.max_points:
        yield f"{test.id} gives {test.points} of {promised.max_points} points"


def _of_the_time(report: Report, wall_seconds: float) -> Iterator[str]:
    if not 0 <= report.seconds <= wall_seconds + _CLOCKS_DIFFER:
        yield f"it claims {report.seconds:.1f} s of the {wall_seconds:.1f} s that have passed"
