"""The executor inside the server: a few threads, each with a warm grader."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack

from django.db import close_old_connections, connections

from kafedra.grading import SandboxUnavailable, TestReport
from kafedra.web.executor import work
from kafedra.web.executor.backlog import Backlog, Errand, Push
from kafedra.web.executor.graders import Place
from kafedra.web.executor.interface import Progress, Stage, Task, WarmGrader, Watcher
from kafedra.web.executor.watchers import Watchers

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 2.0
_RULE = "!" * 78
_REFUSAL = "NOTHING IS GRADED: the sandbox does not work here."
_ADVICE = "Pushes are stored, and graded once this is mended and the server restarted. `kafedra doctor` says how."

MakeGrader = Callable[[Place], AbstractContextManager[WarmGrader]]


class LocalExecutor:
    """Grades with one thread for each of `places`; each calls `make_grader` once and keeps what it got.

    Places with a GPU form a lane of their own: only what needs a GPU goes there, and nothing else does.
    """

    def __init__(self, make_grader: MakeGrader, places: Sequence[Place], pause: float = _PAUSE_SECONDS) -> None:
        self._make_grader, self._pause = make_grader, pause
        # One grader after another: the first verdict after a start then comes in half the time.
        self._warming = threading.Lock()
        self._changed = threading.Condition()
        self._lanes = {gpu: Backlog(sum((one.gpu is not None) == gpu for one in places)) for gpu in (False, True)}
        self._watchers = Watchers()
        self._closing = False
        self._problems: tuple[str, ...] = ()
        self._threads = [
            threading.Thread(target=self._work, args=(place,), name=f"grading-{number}", daemon=True)
            for number, place in enumerate(places, 1)
        ]

    @property
    def problems(self) -> tuple[str, ...]:
        return self._problems

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False) -> None:
        lane = self._lanes[gpu]
        if not lane.workers:
            self._watchers.tell(submission_id, Progress(Stage.NO_GPU))
            return
        with self._changed:
            if not lane.put(Push(submission_id, student_id)):
                return
            ahead = lane.ahead_of(submission_id)
            self._changed.notify_all()
        self._watchers.tell(submission_id, Progress(Stage.WAITING, ahead))
        if self._closing or self._problems:
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
            waiting = self._waiting()
            self._changed.notify_all()
        self._postpone(waiting)

    def drain(self, seconds: float) -> None:
        self.close()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, deadline - time.monotonic()))

    def _waiting(self) -> list[int]:
        return [submission for lane in self._lanes.values() for submission in lane.waiting()]

    def _postpone(self, submissions: Iterable[int]) -> None:
        for submission in submissions:
            self._watchers.tell(submission, Progress(Stage.POSTPONED))

    def _work(self, place: Place) -> None:
        try:
            while not (self._closing or self._problems):
                self._work_with_one_grader(place)
        except SandboxUnavailable as error:
            self._refuse(error)
        finally:
            connections.close_all()

    def _work_with_one_grader(self, place: Place) -> None:
        lane = self._lanes[place.gpu is not None]
        try:
            with ExitStack() as stack:
                with self._warming:
                    if self._closing:
                        return
                    grader = stack.enter_context(self._make_grader(place))
                while (job := self._next(lane)) is not None:
                    self._do(lane, grader, job)
        except SandboxUnavailable:
            raise
        except Exception:
            log.exception("a grader did not start or did not stop; another one follows")
            with self._changed:
                self._changed.wait_for(lambda: self._closing, timeout=self._pause)

    def _refuse(self, error: SandboxUnavailable) -> None:
        """Loud, because pushes are stored and nobody gets a verdict."""
        log.critical("%s\n%s\n%s\n%s\n%s", _RULE, _REFUSAL, error, _ADVICE, _RULE)
        with self._changed:
            self._problems = tuple(str(error).splitlines()) or ("?",)
            waiting = self._waiting()
            self._changed.notify_all()
        self._postpone(waiting)

    def _next(self, lane: Backlog) -> Push | Errand | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._problems or lane.has_work())
            if self._closing or self._problems:
                return None
            job = lane.take()
            watched = set(self._watchers.watched())
            behind = {waiting: lane.ahead_of(waiting) for waiting in lane.waiting() if waiting in watched}
        for waiting, ahead in behind.items():
            self._watchers.tell(waiting, Progress(Stage.WAITING, ahead))
        return job

    def _do(self, lane: Backlog, grader: WarmGrader, job: Push | Errand) -> None:
        stage = Stage.POSTPONED
        try:
            if isinstance(job, Push):
                stage = self._attempt(grader, job.submission)
            else:
                self._run(grader, job)
        finally:
            with self._changed:
                lane.done(job)
                self._changed.notify_all()  # there may be room for another errand
            if isinstance(job, Push):
                self._after(lane, job, stage)

    def _after(self, lane: Backlog, push: Push, stage: Stage) -> None:
        if stage is not Stage.WAITING:
            self._watchers.tell(push.submission, Progress(stage))
            return
        again = {"student_id": push.student, "gpu": lane is self._lanes[True]}
        timer = threading.Timer(self._pause, self.submit, (push.submission,), again)
        timer.daemon = True
        timer.start()

    def _attempt(self, grader: WarmGrader, submission_id: int) -> Stage:
        close_old_connections()
        try:
            submission = work.claim(submission_id)
            if submission is None:
                return Stage.POSTPONED
            self._watchers.tell(submission_id, Progress(Stage.RUNNING))

            def ended(test: TestReport) -> None:
                self._watchers.tell(submission_id, Progress(Stage.RUNNING, ended=test))

            return work.grade(submission, grader, ended)
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
