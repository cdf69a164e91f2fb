"""What an executor has to do and is doing. Students' pushes first; what staff asked for fills the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kafedra.web.executor.interface import Task
from kafedra.web.executor.queue import FairQueue


@dataclass(frozen=True, slots=True)
class QueuedPush:
    """A student's submission; a `long` one is expected to hold its worker for long."""

    submission: int
    student: int
    long: bool = False


@dataclass(frozen=True, slots=True)
class Errand:
    """A task that nobody waits for in a terminal."""

    key: str
    task: Task


class Backlog:
    """Of one lane, that is of workers that can do the same. Not thread-safe: its owner locks.

    One submission of a person is graded at a time: whoever pushes two that only sleep holds one worker. And where there
    is more than one worker, what takes long, errands included, never has the last: a short push finds it free.
    """

    def __init__(self, workers: int) -> None:
        self._queue = FairQueue()
        self._long: set[int] = set()  # of those that wait
        self._tasks: dict[str, Task] = {}
        self._pushes_at_work: dict[int, QueuedPush] = {}
        self._errands_at_work: set[str] = set()
        self.workers = workers

    def put(self, push: QueuedPush) -> bool:
        """False if it waits or is being graded already."""
        if self.holds(push.submission):
            return False
        self._queue.put(push.student, push.submission)
        if push.long:
            self._long.add(push.submission)
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
        return self._queue.has(self._welcome) or (bool(self._tasks) and self._room_for_long())

    def _welcome(self, student: int, submission: int) -> bool:
        if any(push.student == student for push in self._pushes_at_work.values()):
            return False
        return submission not in self._long or self._room_for_long()

    def _room_for_long(self) -> bool:
        """One worker stays free for the next short push, where there is more than one."""
        long = sum(push.long for push in self._pushes_at_work.values()) + len(self._errands_at_work)
        return long < max(1, self.workers - 1)

    def take(self) -> QueuedPush | Errand:
        """What to do next; raises LookupError when there is nothing."""
        if self._queue.has(self._welcome):
            student, submission = self._queue.take(self._welcome)
            push = self._pushes_at_work[submission] = QueuedPush(submission, student, submission in self._long)
            self._long.discard(submission)
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
