"""What every executor can do, and what it needs of a place where one submission is graded at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kafedra.course import Environment
from kafedra.grading import Job, Promise, Report, TestReport


class Stage(StrEnum):
    """Where grading stands. After a final stage nothing more is told."""

    WAITING = "waiting"
    RUNNING = "running"
    GRADED = "graded"
    FAULT = "fault"  # ours; shown as ours
    POSTPONED = "postponed"  # this executor stops, or no slot works; it will be graded later
    NO_GPU = "no-gpu"  # it needs a machine with a GPU, and there is none at present

    @property
    def final(self) -> bool:
        return self in (Stage.GRADED, Stage.FAULT, Stage.POSTPONED, Stage.NO_GPU)


@dataclass(frozen=True, slots=True)
class Progress:
    """One piece of news.

    `ahead` counts the submissions that will be graded before a waiting one; `ended` is a test that has just ended.
    """

    stage: Stage
    ahead: int = 0
    ended: TestReport | None = None


OnTest = Callable[[TestReport], None]


class WarmGrader(Protocol):
    """A slot that is ready. What it is asked is data, so that it may be anywhere."""

    def environment(self, environment: Environment) -> str:
        """The digest of what runs an assignment's code there; part of what makes two verdicts equal."""

    def promise(self, job: Job) -> Promise:
        """The tests of the job's bundle as their author wrote them. Raises UnusableAssignment."""

    def grade(self, job: Job, on_test: OnTest) -> Report:
        """Raises GradingFault, UnusableAssignment or SandboxUnavailable."""


class Slot(Protocol):
    """A place for one grader."""

    @property
    def name(self) -> str:
        """What staff call it."""

    @property
    def has_gpu(self) -> bool:
        """Slots with a GPU form a lane of their own: only what needs a GPU goes there, and nothing else does."""

    def open(self) -> AbstractContextManager[WarmGrader]:
        """Warm up. Raises SandboxUnavailable while nothing can be graded here."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A slot that does not work, what it says, and in how many seconds it is tried again."""

    slot: str
    lines: tuple[str, ...]
    seconds: float

    @property
    def shown_seconds(self) -> int:
        """Whole seconds, at least one."""
        return max(1, round(self.seconds))


# Called from any thread, must return at once.
Watcher = Callable[[Progress], None]
# Work for a grader that no student waits for. It keeps what it finds, faults included, to itself.
Task = Callable[[WarmGrader], None]


class Settle(Protocol):
    """Grades one submission and writes down what came out."""

    def __call__(self, submission_id: int, grader: WarmGrader, on_start: Callable[[], None], on_test: OnTest) -> Stage:
        """`on_start` is called once it is claimed. Raises SandboxUnavailable, after putting the submission back."""


class Executor(Protocol):
    """Grades submissions that are already written down."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Why nothing at all can be graded at present; empty while one slot works or is being got ready."""

    def start(self) -> None:
        """Get ready; returns before the slots are warm."""

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False, long: bool = False) -> None:
        """Grade it when its turn comes, with a GPU if `gpu`. One that is `long` never takes the last worker.

        Submitting what waits or is being graded already changes nothing.
        """

    def offer(self, key: str, task: Task, *, gpu: bool = False) -> None:
        """Do `task` when no student waits. The same `key` again changes nothing while it waits or is done."""

    def holds(self, submission_id: int) -> bool:
        """Whether the submission waits or is being graded here."""

    def watch(self, submission_id: int, watcher: Watcher) -> Callable[[], None]:
        """Tell `watcher` what happens to the submission until the returned function is called."""

    def close(self) -> None:
        """Begin nothing new from now on; whoever waits for a waiting submission is told that it is postponed."""

    def drain(self, seconds: float) -> None:
        """Close, and wait at most `seconds` for what is being graded."""
