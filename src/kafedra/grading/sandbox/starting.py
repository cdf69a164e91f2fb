"""How a submission is started and ended: a pid namespace of its own, its pid 1, below that the student's process.

    keeper ─fork into new namespaces─▶ pid 1 ─fork─▶ the student's process

With pid 1 everything in there ends; and pid 1 ends with the keeper, whatever becomes of that.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from kafedra.grading.sandbox import jail
from kafedra.walls import libc
from kafedra.walls.refusal import Refusal, Refused, Step, step


class NotStarted(Exception):
    """The jail could not be put on; the text says why."""


@dataclass(frozen=True, slots=True)
class Started:
    """Pid 1 of a submission, as the keeper holds it."""

    pid: int
    pidfd: int
    lifeline: int  # a descriptor; when it is closed, nobody holds this submission any more

    def kill(self) -> int:
        """End everything in the submission's pid namespace: its pid 1 takes all others along."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        return self.reap()

    def reap(self) -> int:
        """Wait until the whole namespace is empty; the exit code of its pid 1."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self.pidfd)
        os.close(self.lifeline)
        return os.waitstatus_to_exitcode(status)


def start(limits: jail.Jail, body: Callable[[], NoReturn]) -> Started:
    """Run ``body`` in a jail. Raises :class:`Refused` and :class:`NotStarted`; then nothing of it is left."""
    reader, writer = os.pipe2(os.O_CLOEXEC)
    listening, lifeline = os.pipe2(os.O_CLOEXEC)
    outside = os.geteuid(), os.getegid()
    with os.fdopen(reader, "rb") as report:
        try:
            init = jail.fork_into_namespaces()
            if init == 0:
                os.close(lifeline)
                _telling(writer, lambda: _fill_namespaces(limits, outside, listening), body)
        except Refused:
            os.close(lifeline)
            raise
        finally:
            os.close(writer)
            os.close(listening)
        started = Started(init, os.pidfd_open(init), lifeline)
        if failure := report.read():  # ends when the jail is on, or failed
            started.kill()
            raise _why(failure)
    return started


def require_every_step() -> None:
    """Enter the namespaces in a child that only does that, step by step.

    Raises :class:`Refused` and :class:`NotStarted`.
    """
    reader, writer = os.pipe2(os.O_CLOEXEC)
    with os.fdopen(reader, "rb") as report:
        try:
            with step(Step.PROCESS, inner=True):
                child = os.fork()
            if child == 0:
                _telling(writer, jail.enter_namespaces, lambda: os._exit(0))
        finally:
            os.close(writer)
        failure = report.read()
        os.waitpid(child, 0)
    if failure:
        raise _why(failure)


def _why(said: bytes) -> Refused | NotStarted:
    text = said.decode(errors="replace")
    refusal = Refusal.from_json(text)
    return NotStarted(text or "the jail could not be put on") if refusal is None else Refused(refusal)


def _telling(writer: int, prepare: Callable[[], None], body: Callable[[], NoReturn]) -> NoReturn:
    """In a child: what keeps us from being prepared is written down for the keeper; otherwise nothing is."""
    try:
        prepare()
        os.close(writer)
    except Refused as refused:
        os.write(writer, refused.refusal.as_json().encode())
        os._exit(1)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the keeper has to hear of it
        os.write(writer, f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    try:
        body()
    finally:
        os._exit(1)  # whatever it was, this is no second keeper


def _fill_namespaces(limits: jail.Jail, outside: tuple[int, int], listening: int) -> None:
    """In the first process of new namespaces: become their pid 1, with one child, which alone returns from here."""
    jail.map_user(*outside)
    jail.mount_private_files(limits)
    with step(Step.PROCESS, inner=True):
        student = os.fork()
    if student != 0:
        _be_pid_1(student, listening)
    jail.confine(limits)


def _be_pid_1(student: int, listening: int) -> NoReturn:
    """Reap orphans until the student's process ends; the end of pid 1 ends all that is left.

    The keeper may be killed at any moment, and nobody else ends this namespace.
    """
    os.dup2(listening, 0)
    os.closerange(1, 2**16)
    libc.die_with_parent()
    if select.select([0], [], [], 0)[0]:  # it was killed just before
        os._exit(1)
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            os._exit(1)
        if pid == student:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)
