"""Runs an assignment's tests against one submission and writes the report. No process management here."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Final

import pytest

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.faults import GradingFault, UnusableAssignment
from kafedra.grading.judge.exchange import Host
from kafedra.grading.judge.importing import PYTEST_OPTIONS, importable, pytest_alone
from kafedra.grading.judge.session import Session
from kafedra.grading.judge.source import StudentSource, read_source
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.wire import Promised
from kafedra.testing import wording
from kafedra.testing.failures import SubmissionFailure
from kafedra.testing.plugin import Census, Plugin, TestFacts

# what a student's names and texts make of a message; more than that nobody reads, and every reader has to carry it
_MAX_TEXT: Final = 8000


def judge(
    assignment: Assignment,
    files: Mapping[str, bytes],
    host: Host,
    *,
    seed: int,
    language: Language = "ru",
    public_only: bool = False,
    only: Collection[str] = (),
    reveal: bool = False,
    sandboxed: bool = True,
    on_test: Callable[[TestReport], None] = lambda _: None,
) -> Report:
    """The report on a submission. ``reveal`` keeps the messages of hidden tests, for authors.

    ``only`` names the test functions to run; none means all. A report on some of the tests is no verdict.

    Raises :class:`UnusableAssignment` when a test itself is broken: that is never the student's loss.
    """
    started = time.monotonic()
    source = read_source(assignment, files, language)
    session = Session(assignment, source, host, seed=seed, language=language)
    prepared = time.monotonic()
    try:
        tests = _run_tests(assignment, session, seed, language, public_only, only, reveal, on_test)
    finally:
        session.close()
    return Report(
        assignment=assignment.slug,
        language=language,
        seed=seed,
        seconds=round(time.monotonic() - started, 4),
        tests=tuple(tests),
        notes=tuple(_notes(source, session, language)),
        output=session.output,
        public_only=public_only,
        sandboxed=sandboxed,
        timings={"prepare": round(prepared - started, 4), "sandbox": round(session.seconds_inside, 4)},
    )


def promised(assignment: Assignment) -> dict[str, Promised]:
    """Every test by its id, collected and not run. Raises :class:`UnusableAssignment`."""
    plugin = Census()
    folder = str(assignment.tests_dir)
    with importable(assignment), pytest_alone():
        pytest.main([folder, "--rootdir", folder, "--confcutdir", folder, *PYTEST_OPTIONS], plugins=[plugin])
    if plugin.broken:
        raise UnusableAssignment("\n".join(plugin.broken))
    return {facts.id: Promised(hidden=facts.hidden, max_points=facts.max_points) for facts in plugin.facts}


def _run_tests(
    assignment: Assignment,
    session: Session,
    seed: int,
    language: Language,
    public_only: bool,
    only: Collection[str],
    reveal: bool,
    on_test: Callable[[TestReport], None],
) -> list[TestReport]:
    tests: list[TestReport] = []

    def take(facts: TestFacts, seconds: float, error: BaseException | None) -> None:
        test = _test_report(facts, seconds, error, language, reveal)
        tests.append(test)
        on_test(test)

    plugin = Plugin(session, seed, public_only=public_only, only=only, on_result=take)
    wording.speak(language)
    folder = str(assignment.tests_dir)
    arguments = [folder, "--rootdir", folder, "--confcutdir", folder, *PYTEST_OPTIONS]
    with importable(assignment), pytest_alone():
        status = pytest.main(arguments, plugins=[plugin])
    if isinstance(plugin.cause, GradingFault):
        raise plugin.cause
    if plugin.broken:
        raise UnusableAssignment("\n".join(plugin.broken))
    none_of_them = only and status is pytest.ExitCode.NO_TESTS_COLLECTED
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and not none_of_them:
        raise UnusableAssignment(f"{assignment.tests_dir}: pytest ended with {status!r}")
    total = sum((test.max_points for test in tests), Decimal(0))
    if not public_only and not only and total != assignment.points:
        raise UnusableAssignment(
            f"{assignment.slug}: the tests add up to {total} points, the assignment has {assignment.points}"
        )
    return tests


def _test_report(
    facts: TestFacts,
    seconds: float,
    error: BaseException | None,
    language: Language,
    reveal: bool,
) -> TestReport:
    outcome = Outcome.PASSED if error is None else Outcome.FAILED
    message = traceback = ""
    secret = facts.hidden and not reveal
    if isinstance(error, SubmissionFailure):
        outcome = Outcome(error.outcome)
        message = error.hidden_text if secret else str(error)
        traceback = error.traceback
    elif error is not None:
        message = messages.text("hidden", language) if secret else str(error)
    return TestReport(
        id=facts.id,
        title=facts.title,
        hidden=facts.hidden,
        outcome=outcome,
        points=facts.max_points if error is None else Decimal(0),
        max_points=facts.max_points,
        message=_bounded(message),
        hint=facts.hint if error is not None else "",
        traceback=_bounded(traceback),
        seconds=round(seconds, 4),
    )


def _bounded(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"


def _notes(source: StudentSource, session: Session, language: Language) -> Iterator[str]:
    if source.unusable is not None:
        yield _bounded(source.unusable)
    for note in source.module.warnings:
        yield _bounded(note.message(language))
    yield from map(_bounded, session.notes())
