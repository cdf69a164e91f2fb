"""What every executor can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from kafedra.course import Assignment
from kafedra.grading import Report, TestReport


class Stage(StrEnum):
    """Where grading stands. After a final stage nothing more is told."""

    WAITING = "waiting"
    RUNNING = "running"
    GRADED = "graded"
    FAULT = "fault"  # ours; shown as ours
    POSTPONED = "postponed"  # this executor stops; the next one will grade it
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


class WarmGrader(Protocol):
    """What is needed of a grader."""

    def grade(
        self,
        assignment: Assignment,
        files: Mapping[str, bytes],
        *,
        language: Literal["ru", "en"],
        seed: int | None = None,
        on_progress: Callable[[TestReport], None] = ...,
    ) -> Report:
        """Raises GradingFault, UnusableAssignment or SandboxUnavailable."""


# Called from any thread, must return at once.
Watcher = Callable[[Progress], None]
# Work for a grader that no student waits for. It keeps what it finds, faults included, to itself.
Task = Callable[[WarmGrader], None]


class Executor(Protocol):
    """Grades submissions that are already written down."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Why nothing can be graded here; empty while all is well."""

    def start(self) -> None:
        """Get ready; returns before the workers are warm."""

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False) -> None:
        """Grade it when its turn comes, with a GPU if `gpu`.

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
