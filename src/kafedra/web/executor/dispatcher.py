"""Whose turn it is, and which slot takes it: one thread for each slot, inside the server."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from django.db import close_old_connections, connections

from kafedra.grading import SandboxUnavailable, TestReport
from kafedra.web.executor import capacity
from kafedra.web.executor.backlog import Backlog, Errand, QueuedPush
from kafedra.web.executor.interface import Progress, Settle, Slot, Stage, Task, Trouble, WarmGrader, Watcher
from kafedra.web.executor.troubles import Troubles
from kafedra.web.executor.watchers import Watchers

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 2.0


class Dispatcher:
    """Grades in `slots`; `settle` grades one submission and writes down what came out.

    A slot that fails is tried again after a pause that grows, and stops nobody else; the log hears of it if `loud`.
    """

    def __init__(
        self, slots: Sequence[Slot], settle: Settle, pause: float = _PAUSE_SECONDS, *, loud: bool = True
    ) -> None:
        self._settle, self._pause = settle, pause
        # One grader after another: the first verdict after a start then comes in half the time.
        self._warming = threading.Lock()
        self._changed = threading.Condition()
        self._lanes = {gpu: Backlog(sum(slot.has_gpu == gpu for slot in slots)) for gpu in (False, True)}
        self._watchers = Watchers()
        self._troubles = Troubles(slots, pause, loud=loud)
        self._closing = False
        self._threads = [
            threading.Thread(target=self._work, args=(slot,), name=f"grading-{number}", daemon=True)
            for number, slot in enumerate(slots, 1)
        ]

    @property
    def problems(self) -> tuple[str, ...]:
        return self._troubles.of_all()

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Slots that don't work at present."""
        return self._troubles.now()

    def capacity(self, *, gpu: bool) -> int:
        """How many submissions of a lane are graded side by side."""
        return self._lanes[gpu].workers

    def start(self) -> None:
        capacity.announce(self)
        for thread in self._threads:
            thread.start()

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False, long: bool = False) -> None:
        lane = self._lanes[gpu]
        if not lane.workers:
            self._watchers.tell(submission_id, Progress(Stage.NO_GPU))
            return
        with self._changed:
            if not lane.put(QueuedPush(submission_id, student_id, long)):
                return
            ahead = lane.ahead_of(submission_id)
            self._changed.notify_all()
        self._watchers.tell(submission_id, Progress(Stage.WAITING, ahead))
        if self._closing or self._troubles.everywhere(gpu=gpu):
            self._postpone([submission_id])

    def offer(self, key: str, task: Task, *, gpu: bool = False) -> None:
        with self._changed:
            if self._lanes[gpu].workers and self._lanes[gpu].offer(Errand(key, task)):
                self._changed.notify_all()

    def holds(self, submission_id: int) -> bool:
        with self._changed:
            return any(lane.holds(submission_id) for lane in self._lanes.values())

    def watch(self, submission_id: int, watcher: Watcher) -> Callable[[], None]:
        return self._watchers.add(submission_id, watcher)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            waiting = [submission for lane in self._lanes.values() for submission in lane.waiting()]
            self._changed.notify_all()
        self._postpone(waiting)

    def drain(self, seconds: float) -> None:
        self.close()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, deadline - time.monotonic()))
        capacity.withdraw(self)

    def _postpone(self, submissions: Iterable[int]) -> None:
        for submission in submissions:
            self._watchers.tell(submission, Progress(Stage.POSTPONED))

    def _work(self, slot: Slot) -> None:
        try:
            while not self._closing:
                try:
                    self._work_with_one_grader(slot)
                except SandboxUnavailable as error:
                    self._suffer(slot, str(error))
                except Exception as error:
                    log.exception("%s: a grader did not start or did not stop; another one follows", slot.name)
                    self._suffer(slot, f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    def _work_with_one_grader(self, slot: Slot) -> None:
        lane = self._lanes[slot.has_gpu]
        with ExitStack() as stack:
            with self._warming:
                if self._closing:
                    return
                grader = stack.enter_context(slot.open())
            self._troubles.started(slot)
            while (job := self._next(lane)) is not None:
                self._do(lane, grader, job)
                self._troubles.proved(slot)

    def _suffer(self, slot: Slot, text: str) -> None:
        """The slot waits before it is tried again. Whoever waits for a verdict is told when no slot of its lane works.

        Their submissions stay in the queue: the first slot that works again takes them.
        """
        seconds = self._troubles.suffered(slot, text)
        if self._troubles.everywhere(gpu=slot.has_gpu):
            with self._changed:
                waiting = list(self._lanes[slot.has_gpu].waiting())
            self._postpone(waiting)
        with self._changed:
            self._changed.wait_for(lambda: self._closing, timeout=seconds)

    def _next(self, lane: Backlog) -> QueuedPush | Errand | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or lane.has_work())
            if self._closing:
                return None
            job = lane.take()
            watched = set(self._watchers.watched())
            behind = {waiting: lane.ahead_of(waiting) for waiting in lane.waiting() if waiting in watched}
        for waiting, ahead in behind.items():
            self._watchers.tell(waiting, Progress(Stage.WAITING, ahead))
        return job

    def _do(self, lane: Backlog, grader: WarmGrader, job: QueuedPush | Errand) -> None:
        stage = Stage.WAITING  # where the slot fails, another one takes it
        try:
            if isinstance(job, QueuedPush):
                stage = self._attempt(grader, job.submission)
            else:
                self._run(grader, job)
        finally:
            with self._changed:
                lane.done(job)
                self._changed.notify_all()  # there may be room for another errand, or for this student's next push
            if isinstance(job, QueuedPush):
                self._after(lane, job, stage)

    def _after(self, lane: Backlog, push: QueuedPush, stage: Stage) -> None:
        if stage is not Stage.WAITING:
            self._watchers.tell(push.submission, Progress(stage))
            return
        again = {"student_id": push.student, "gpu": lane is self._lanes[True], "long": push.long}
        timer = threading.Timer(self._pause, self.submit, (push.submission,), again)
        timer.daemon = True
        timer.start()

    def _attempt(self, grader: WarmGrader, submission_id: int) -> Stage:
        def started() -> None:
            self._watchers.tell(submission_id, Progress(Stage.RUNNING))

        def ended(test: TestReport) -> None:
            self._watchers.tell(submission_id, Progress(Stage.RUNNING, ended=test))

        close_old_connections()
        try:
            return self._settle(submission_id, grader, started, ended)
        except SandboxUnavailable:
            raise
        except Exception:  # the database does not answer: the row is safe, and the sweep will find it
            log.exception("submission %s stays as it is for now", submission_id)
            return Stage.POSTPONED
        finally:
            close_old_connections()

    def _run(self, grader: WarmGrader, errand: Errand) -> None:
        close_old_connections()
        try:
            errand.task(grader)
        except SandboxUnavailable:
            raise
        except Exception:
            log.exception("%s could not be done", errand.key)
        finally:
            close_old_connections()
