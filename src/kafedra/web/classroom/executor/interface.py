"""What every executor can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """Where grading stands. After a final stage nothing more is told."""

    WAITING = "waiting"
    RUNNING = "running"
    GRADED = "graded"
    FAULT = "fault"  # ours; shown as ours
    POSTPONED = "postponed"  # this executor stops; the next one will grade it

    @property
    def final(self) -> bool:
        return self in (Stage.GRADED, Stage.FAULT, Stage.POSTPONED)


@dataclass(frozen=True, slots=True)
class Progress:
    """One piece of news. `ahead` counts the submissions that will be graded before a waiting one."""

    stage: Stage
    ahead: int = 0


# Called from any thread, must return at once.
Watcher = Callable[[Progress], None]


class Executor(Protocol):
    """Grades submissions that are already written down."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Why nothing can be graded here; empty while all is well."""

    def start(self) -> None:
        """Get ready; returns before the workers are warm."""

    def submit(self, submission_id: int, *, student_id: int) -> None:
        """Grade it when its turn comes. Submitting what waits or is being graded already changes nothing."""

    def watch(self, submission_id: int, watcher: Watcher) -> Callable[[], None]:
        """Tell `watcher` what happens to the submission until the returned function is called."""

    def close(self) -> None:
        """Begin nothing new from now on; whoever waits for a waiting submission is told that it is postponed."""

    def drain(self, seconds: float) -> None:
        """Close, and wait at most `seconds` for what is being graded."""
