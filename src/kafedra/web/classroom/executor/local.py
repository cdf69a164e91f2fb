"""The executor inside the server: a few threads, each with a warm grader."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from django.db import close_old_connections, connections

from kafedra.grading import SandboxUnavailable
from kafedra.web.classroom.executor import work
from kafedra.web.classroom.executor.interface import Progress, Stage, Watcher
from kafedra.web.classroom.executor.queue import FairQueue
from kafedra.web.classroom.executor.watchers import Watchers

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 2.0
_RULE = "!" * 78
_REFUSAL = "NOTHING IS GRADED: the sandbox does not work here."
_ADVICE = "Pushes are stored, and graded once this is mended and the server restarted. `kafedra doctor` says how."

MakeGrader = Callable[[], AbstractContextManager[work.WarmGrader]]


class LocalExecutor:
    """Grades with `workers` threads; each calls `make_grader` once and keeps what it got."""

    def __init__(self, make_grader: MakeGrader, workers: int, pause: float = _PAUSE_SECONDS) -> None:
        self._make_grader, self._pause = make_grader, pause
        self._changed = threading.Condition()
        self._queue = FairQueue()
        self._at_work: dict[int, int] = {}  # submission → student
        self._watchers = Watchers()
        self._closing = False
        self._problems: tuple[str, ...] = ()
        self._threads = [
            threading.Thread(target=self._work, name=f"grading-{number}", daemon=True)
            for number in range(1, workers + 1)
        ]

    @property
    def problems(self) -> tuple[str, ...]:
        return self._problems

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, submission_id: int, *, student_id: int) -> None:
        with self._changed:
            if submission_id in self._queue or submission_id in self._at_work:
                return
            self._queue.put(student_id, submission_id)
            ahead = self._queue.ahead_of(submission_id)
            self._changed.notify()
        self._watchers.tell(submission_id, Progress(Stage.WAITING, ahead))
        if self._closing or self._problems:
            self._postpone([submission_id])

    def watch(self, submission_id: int, watcher: Watcher) -> Callable[[], None]:
        return self._watchers.add(submission_id, watcher)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            waiting = self._queue.everyone()
            self._changed.notify_all()
        self._postpone(waiting)

    def drain(self, seconds: float) -> None:
        self.close()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, deadline - time.monotonic()))

    def _postpone(self, submissions: tuple[int, ...] | list[int]) -> None:
        for submission in submissions:
            self._watchers.tell(submission, Progress(Stage.POSTPONED))

    def _work(self) -> None:
        try:
            with ExitStack() as stack:
                grader = stack.enter_context(self._make_grader())
                while (job := self._next()) is not None:
                    self._grade(grader, *job)
        except SandboxUnavailable as error:
            self._refuse(error)
        finally:
            connections.close_all()

    def _refuse(self, error: SandboxUnavailable) -> None:
        """Loud, because pushes are stored and nobody gets a verdict."""
        log.critical(
            "%s\n%s\n%s\n%s\n%s", _RULE, "NOTHING IS GRADED: the sandbox does not work here.", error, _ADVICE, _RULE
        )
        with self._changed:
            self._problems = tuple(str(error).splitlines()) or ("?",)
            waiting = self._queue.everyone()
            self._changed.notify_all()
        self._postpone(waiting)

    def _next(self) -> tuple[int, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._problems or len(self._queue))
            if self._closing or self._problems:
                return None
            student, submission = self._queue.take()
            self._at_work[submission] = student
            behind = {waiting: self._queue.ahead_of(waiting) for waiting in self._watchers.watched()}
            queued = set(self._queue.everyone())
        for waiting, ahead in behind.items():
            if waiting in queued:
                self._watchers.tell(waiting, Progress(Stage.WAITING, ahead))
        return student, submission

    def _grade(self, grader: work.WarmGrader, student: int, submission_id: int) -> None:
        stage = Stage.POSTPONED
        try:
            stage = self._attempt(grader, submission_id)
        finally:
            with self._changed:
                del self._at_work[submission_id]
            if stage is Stage.WAITING:
                self._later(student, submission_id)
            else:
                self._watchers.tell(submission_id, Progress(stage))

    def _attempt(self, grader: work.WarmGrader, submission_id: int) -> Stage:
        close_old_connections()
        try:
            submission = work.claim(submission_id)
            if submission is None:
                return Stage.POSTPONED
            self._watchers.tell(submission_id, Progress(Stage.RUNNING))
            return work.grade(submission, grader)
        except SandboxUnavailable:
            raise
        except Exception:  # the database does not answer: the row is safe, and the sweep will find it
            log.exception("submission %s stays as it is for now", submission_id)
            return Stage.POSTPONED
        finally:
            close_old_connections()

    def _later(self, student: int, submission_id: int) -> None:
        timer = threading.Timer(self._pause, self.submit, (submission_id,), {"student_id": student})
        timer.daemon = True
        timer.start()
