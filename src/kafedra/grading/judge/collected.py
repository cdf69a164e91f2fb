"""Processes that have collected an assignment's tests and wait for submissions, each of which gets a fork.

forkserver ──job, two descriptors──▶ one process per assignment ──fork──▶ the judge of one submission
"""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

from kafedra.course import Assignment, CourseError, Language, load_assignment
from kafedra.grading import packets, wire
from kafedra.grading.channel import Channel, Closed
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.judge.keeper_host import KeeperHost
from kafedra.grading.judge.verdict import Job, judge_when, promised

FRAME_LIMIT: Final = 256 * 2**20
_MOST: Final = 8  # assignments; a process that waits holds a few megabytes of its own
_COLLECT_SECONDS: Final = 60


class Collected:
    """The forkserver's end of these processes. Those that were not needed for the longest time make room."""

    def __init__(self, control: socket.socket) -> None:
        """``control`` is the forkserver's own, of no use in a child."""
        self._control = control
        self._waiting: OrderedDict[tuple[str, str, Language], socket.socket] = OrderedDict()

    def hand_over(self, job: dict[str, Any], descriptors: list[int]) -> None:
        """Have the job done: an assignment's ``tests`` are known by their digest, so that changed ones are others.

        They are collected for each ``language`` by itself.

        Without ``tests`` the worker asks what the assignment promises; nothing of that is kept.
        """
        if "tests" not in job:
            self._fork(lambda: _promise(job["alarm"], *descriptors))
            return
        key = (job["assignment"], job["tests"], job["language"])
        for _ in range(2):
            if key not in self._waiting:
                self._waiting[key] = self._start(Path(job["assignment"]), job["language"], descriptors)
            self._waiting.move_to_end(key)
            try:
                packets.send(self._waiting[key], job, *descriptors)
                return
            except OSError:  # it has died, or had nothing but an error to say: a new one may do better
                self._waiting.pop(key).close()

    def _start(self, assignment: Path, language: Language, job: list[int]) -> socket.socket:
        while len(self._waiting) >= _MOST:
            self._waiting.popitem(last=False)[1].close()
        ours, theirs = packets.pair()
        with theirs:
            self._fork(lambda: _collect_and_wait(assignment, language, theirs), ours.fileno(), *job)
        return ours

    def _fork(self, body: Callable[[], NoReturn], *others: int) -> None:
        """``others`` are descriptors that the child has no use for: a link that it held would never end."""
        if os.fork() == 0:
            for other in (self._control.fileno(), *(end.fileno() for end in self._waiting.values()), *others):
                os.close(other)
            body()


class _Answering:
    """A worker that waits at the other end of a stream for what becomes of its job."""

    def __init__(self, alarm: int, stream_fd: int, link_fd: int) -> None:
        signal.alarm(alarm)  # ends a judge that hangs; its stream closes, and the worker calls it a fault
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._stream = Channel(socket.socket(fileno=stream_fd), limit=FRAME_LIMIT)
        self._link = socket.socket(fileno=link_fd)

    def job(self) -> Job:
        asked = self._stream.receive()
        return Job(
            asked["files"],
            KeeperHost(self._link),
            asked["seed"],
            language=asked["language"],
            public_only=asked["public_only"],
            only=asked["only"],
            reveal=asked["reveal"],
            on_test=lambda test: self.tell(wire.Ended(test=test)),
        )

    def asked_for(self) -> Path:
        """The assignment whose promise is wanted."""
        return Path(self._stream.receive()["assignment"])

    def tell(self, answer: wire.Answer) -> None:
        self._stream.send(wire.written(answer))

    def leave(self, outcome: Callable[[], wire.Answer]) -> NoReturn:
        """Tell the worker how it went, and go without any clean-up of the parent's."""
        try:
            self.tell(outcome())
        except Closed:  # the worker is gone, nobody waits for the answer
            os._exit(1)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the worker has to hear of it
            self.tell(wire.Failed.of(error))
        self._link.close()  # the keeper tidies up from here on; this process itself takes milliseconds to go
        os._exit(0)


def _promise(alarm: int, stream_fd: int, link_fd: int) -> NoReturn:
    """In a child: what the tests of an assignment are, collected and not run."""
    answering = _Answering(alarm, stream_fd, link_fd)
    answering.leave(lambda: wire.Collected(tests=promised(_load(answering.asked_for()))))


def _load(root: Path) -> Assignment:
    try:
        return load_assignment(root)
    except CourseError as error:
        raise UnusableAssignment(str(error)) from None


def _collect_and_wait(root: Path, language: Language, jobs: socket.socket) -> NoReturn:
    """In a child: everything that does not depend on a submission; then a fork for each one that comes."""
    signal.alarm(_COLLECT_SECONDS)  # tests that never end in being imported take the waiting job down, not the server
    waiting = _Waiting(jobs)
    try:
        report = judge_when(_load(root), waiting.next, language)
    except BaseException as error:  # noqa: BLE001 - as above
        failed = error  # the name above ends with its clause
        waiting.answering().leave(lambda: wire.Failed.of(failed))
    waiting.answering().leave(lambda: wire.Made(report=report))


class _Waiting:
    """Where the process that has collected the tests stands until it is told to judge: in a fork, mostly."""

    def __init__(self, jobs: socket.socket) -> None:
        self._jobs = jobs
        self._answering: _Answering | None = None

    def next(self, well: bool) -> Job:
        """A job to do now. ``well``: there are tests to run; they are kept for other jobs, and this is a child."""
        gc.collect()
        gc.freeze()
        signal.alarm(0)
        self._answering = self._next_in_a_fork() if well else self._last()
        return self._answering.job()

    def answering(self) -> _Answering:
        """Who waits for an answer; where nothing was collected nobody has been asked yet."""
        if self._answering is None:
            self._answering = self._last()
        return self._answering

    def _next_in_a_fork(self) -> _Answering:
        while True:
            job, descriptors = self._received()
            if os.fork() == 0:
                self._jobs.close()
                return _Answering(job["alarm"], *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)

    def _last(self) -> _Answering:
        """The next job gets a process of its own: this one has nothing but an error to tell."""
        job, descriptors = self._received()
        self._jobs.close()
        return _Answering(job["alarm"], *descriptors)

    def _received(self) -> tuple[dict[str, Any], list[int]]:
        try:
            return packets.receive(self._jobs)
        except EOFError:
            os._exit(0)
