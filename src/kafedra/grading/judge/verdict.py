"""Runs an assignment's tests against one submission and writes the report. No process management here."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pytest

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.faults import GradingFault, UnusableAssignment
from kafedra.grading.judge.exchange import Host
from kafedra.grading.judge.importing import importable, pytest_alone
from kafedra.grading.judge.session import Session
from kafedra.grading.judge.source import StudentSource, read_source
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.grading.wire import Promised
from kafedra.testing import wording
from kafedra.testing.failures import SubmissionFailure
from kafedra.testing.plugin import Census, Plugin, Sitting, TestFacts

# what a student's names and texts make of a message; more than that nobody reads, and every reader has to carry it
_MAX_TEXT: Final = 8000


@dataclass(frozen=True)
class Job:
    """A submission to judge, and how. ``reveal`` keeps the messages of hidden tests, for authors.

    ``only`` names the test functions to run; none means all. A report on some of the tests is no verdict. ``statement``
    are the lines of the notebook's texts as it was given out, where the author's isn't at hand.
    """

    files: Mapping[str, bytes]
    host: Host
    seed: int
    language: Language = "ru"
    public_only: bool = False
    only: Collection[str] = ()
    reveal: bool = False
    sandboxed: bool = True
    on_test: Callable[[TestReport], None] = lambda _: None
    statement: Collection[str] = ()


def judge(assignment: Assignment, job: Job) -> Report:
    """The report on a submission.

    Raises :class:`UnusableAssignment` when a test itself is broken: that is never the student's loss.
    """
    return judge_when(assignment, lambda _well: job, job.language)


def judge_when(assignment: Assignment, next_job: Callable[[bool], Job], language: Language) -> Report:
    """Collect the tests, then ask for the submission and judge it: a warm process forks in between, for each.

    The tests say what they say in ``language``, which is also that of the job.

    ``next_job`` is called exactly once, with whether there are tests to run. Raises as :func:`judge`.
    """
    trial = _Trial(assignment, next_job)
    if assignment.by_hand:  # a person marks it
        with contextlib.closing(trial):
            trial.begin(well=True)
            return trial.report()
    plugin = Plugin(trial.begin)
    try:
        with importable(assignment, language) as arguments, pytest_alone():
            status = pytest.main(arguments, plugins=[plugin])
        trial.begin(well=False)  # unless it has begun: some mistakes keep pytest from coming to its tests
        _require_sound(assignment, trial, plugin, status)
        return trial.report()
    except UnusableAssignment:
        trial.begin(well=False)  # whoever asks next is told
        raise
    finally:
        trial.close()


class _Trial:
    """One submission, from the moment in which it comes."""

    def __init__(self, assignment: Assignment, next_job: Callable[[bool], Job]) -> None:
        self._assignment = assignment
        self._next_job = next_job
        self._sitting: Sitting | None = None
        self._session: Session | None = None
        self._failure: BaseException | None = None
        self.tests: list[TestReport] = []
        self._kept: list[TestReport] = []  # hidden tests: when one ends is the student's code's to choose

    def begin(self, well: bool) -> Sitting:
        """The submission, asked for once; what went wrong with that is raised each time."""
        if self._sitting is None and self._failure is None:
            try:
                self._sitting = self._prepare(well)
            except BaseException as error:  # noqa: BLE001 - pytest would make a number of it
                self._failure = error
        if self._failure is not None:
            raise self._failure
        assert self._sitting is not None
        return self._sitting

    def _prepare(self, well: bool) -> Sitting:
        self.job = job = self._next_job(well)
        self._started = time.monotonic()
        wording.speak(job.language)
        self._source = read_source(self._assignment, job.files, job.language, job.statement)
        self._session = Session(self._assignment, self._source, job.host, seed=job.seed, language=job.language)
        self._prepared = time.monotonic()
        return Sitting(self._session, job.seed, self._take, public_only=job.public_only, only=job.only)

    def close(self) -> None:
        if self._session is not None:
            self._session.close()

    def report(self) -> Report:
        assert self._session is not None
        for test in self._kept:
            self.job.on_test(test)
        seconds = {"prepare": self._prepared - self._started, "sandbox": self._session.seconds_inside}
        return Report(
            assignment=self._assignment.slug,
            language=self.job.language,
            seed=self.job.seed,
            seconds=round(time.monotonic() - self._started, 4),
            tests=tuple(self.tests),
            notes=(*_lacking(self._assignment, self._source, self.job.language), *self._notes()),
            output=self._session.output,
            public_only=self.job.public_only,
            sandboxed=self.job.sandboxed,
            timings={stage: round(taken, 4) for stage, taken in seconds.items()},
        )

    def _notes(self) -> Iterator[str]:
        assert self._session is not None
        return _notes(self._source, self._session, self.job)

    def _take(self, facts: TestFacts, seconds: float, error: BaseException | None) -> None:
        test = _test_report(facts, seconds, error, self.job.language, self.job.reveal)
        self.tests.append(test)
        if test.hidden and not self.job.reveal:
            self._kept.append(test)
        else:
            self.job.on_test(test)


def _lacking(assignment: Assignment, source: StudentSource, language: Language) -> Iterator[str]:
    """What is not there of work without tests, which would say so."""
    if assignment.by_hand and source.absent:
        yield messages.text("no_such_file", language, names=", ".join(source.absent))


def promised(assignment: Assignment) -> dict[str, Promised]:
    """Every test by its id, collected and not run. Raises :class:`UnusableAssignment`."""
    plugin = Census()
    if assignment.by_hand:
        return {}
    with importable(assignment) as arguments, pytest_alone():
        pytest.main(arguments, plugins=[plugin])
    if plugin.broken:
        raise UnusableAssignment("\n".join(plugin.broken))
    return {facts.id: Promised(hidden=facts.hidden, max_points=facts.max_points) for facts in plugin.facts}


def _require_sound(assignment: Assignment, trial: _Trial, plugin: Plugin, status: int) -> None:
    """Raises :class:`UnusableAssignment` for what only the tests can be to blame for."""
    if isinstance(plugin.cause, GradingFault):
        raise plugin.cause
    if plugin.broken:
        raise UnusableAssignment("\n".join(plugin.broken))
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise UnusableAssignment(f"{assignment.tests_dir}: pytest ended with {status!r}")
    total = sum((test.max_points for test in trial.tests), Decimal(0))
    if not trial.job.public_only and not trial.job.only and total != assignment.points:
        raise UnusableAssignment(
            f"{assignment.slug}: the tests add up to {total} points, the assignment has {assignment.points}"
        )


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
    decided = isinstance(error, SubmissionFailure) and error.decided_before
    if error is not None and secret and not decided:  # one bit: all that the student's code can choose looks alike
        message = messages.text("hidden", language)
    elif isinstance(error, SubmissionFailure):
        outcome, message, traceback = Outcome(error.outcome), str(error), error.traceback
    elif error is not None:
        message = str(error)
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
        seconds=0.0 if secret else round(seconds, 4),
    )


def _bounded(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "…"


def _notes(source: StudentSource, session: Session, job: Job) -> Iterator[str]:
    if source.unusable is not None:
        yield _bounded(source.unusable)
    for note in source.module.warnings:
        yield _bounded(note.message(job.language))
    yield from map(_bounded, session.notes(author=job.reveal))
