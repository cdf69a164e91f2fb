"""What an executor has to do and is doing. Students' pushes first; what staff asked for fills the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kafedra.web.executor.interface import Task
from kafedra.web.executor.queue import FairQueue


@dataclass(frozen=True, slots=True)
class QueuedPush:
    """A student's submission."""

    submission: int
    student: int


@dataclass(frozen=True, slots=True)
class Errand:
    """A task that nobody waits for in a terminal."""

    key: str
    task: Task


class Backlog:
    """Of one lane, that is of workers that can do the same. Not thread-safe: its owner locks."""

    def __init__(self, workers: int) -> None:
        self._queue = FairQueue()
        self._tasks: dict[str, Task] = {}
        self._pushes_at_work: dict[int, QueuedPush] = {}
        self._errands_at_work: set[str] = set()
        self.workers = workers

    def put(self, push: QueuedPush) -> bool:
        """False if it waits or is being graded already."""
        if self.holds(push.submission):
            return False
        self._queue.put(push.student, push.submission)
        return True

    def offer(self, errand: Errand) -> bool:
        """False if it waits or is being done already."""
        if errand.key in self._tasks or errand.key in self._errands_at_work:
            return False
        self._tasks[errand.key] = errand.task
        return True

    def holds(self, submission: int) -> bool:
        """Whether the submission waits or is being graded."""
        return submission in self._queue or submission in self._pushes_at_work

    def has_work(self) -> bool:
        """Whether `take` would give something."""
        return len(self._queue) > 0 or (bool(self._tasks) and len(self._errands_at_work) < self._most_errands)

    @property
    def _most_errands(self) -> int:
        """One worker stays free for the next push, where there is more than one."""
        return max(1, self.workers - 1)

    def take(self) -> QueuedPush | Errand:
        """What to do next; raises LookupError when there is nothing."""
        if len(self._queue):
            student, submission = self._queue.take()
            push = self._pushes_at_work[submission] = QueuedPush(submission, student)
            return push
        if not self.has_work():
            raise LookupError("nothing to do")
        key = next(iter(self._tasks))
        self._errands_at_work.add(key)
        return Errand(key, self._tasks.pop(key))

    def done(self, job: QueuedPush | Errand) -> None:
        """It is out of the worker's hands, however it ended."""
        if isinstance(job, QueuedPush):
            del self._pushes_at_work[job.submission]
        else:
            self._errands_at_work.discard(job.key)

    def ahead_of(self, submission: int) -> int:
        """As `FairQueue.ahead_of`."""
        return self._queue.ahead_of(submission)

    def waiting(self) -> Iterator[int]:
        """Every waiting submission, in no particular order."""
        yield from self._queue.everyone()
