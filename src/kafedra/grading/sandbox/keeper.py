"""The keeper: the warm process inside bubblewrap that starts submissions and ends them.

It stands outside the student's pid namespace, so nothing in there can reach it; it has no threads and does one job
at a time. It kills when the judge says so, when the judge hangs up, when memory or the job's time is used up, and it
answers only when every process of the submission is gone.

    worker ──control──▶ keeper ◀──link── judge
                          │ fork, namespaces, fork
                          ▼
                        init (pid 1 of the submission) ──fork──▶ the student's process ◀──channel── judge
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import time
from typing import Any, Final, NoReturn

from kafedra.grading import packets
from kafedra.grading.guest.runtime import seed_everything
from kafedra.grading.guest.start import run_guest
from kafedra.grading.preloading import preload
from kafedra.grading.sandbox import jail, libc, seccomp
from kafedra.grading.sandbox.processes import MemoryWatch, longest_wait
from kafedra.grading.warmth import settle

_TICK: Final = 0.05  # seconds between two looks at the memory in use
_GRACE: Final = 0.3  # seconds for a process that has hung up to be seen dying by itself


def main(control_fd: int, uid: int | None, modules: list[str]) -> None:
    """Entry point inside bubblewrap. ``uid`` is the user to become, where bubblewrap was started by root."""
    control = socket.socket(fileno=control_fd)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    libc.set_dumpable(True)
    jail.remember_interpreter()
    preload(modules, control)
    _look_at_the_processor()
    seed_everything(0)  # numpy.random is loaded when it is first used: 10 ms, here and not in every submission
    jail.remember_address_space()
    program = seccomp.assemble(os.uname().machine)
    settle()
    packets.send(control, {"ready": True})
    while True:
        try:
            job, (link_fd,) = packets.receive(control)
        except EOFError:
            return
        with socket.socket(fileno=link_fd) as link:
            _Job(control, link, job, program).run()
        packets.send(control, {"done": True})


def _look_at_the_processor() -> None:
    """torch asks what the processor can do on first use, in /proc and /sys: the student's process has neither."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.backends.cpu.get_cpu_capability()


class _Job:
    """One submission: as many student processes as the judge asks for, one after another."""

    def __init__(self, control: socket.socket, link: socket.socket, job: dict[str, Any], program: bytes) -> None:
        self._control = control
        self._link = link
        self._deadline = time.monotonic() + job.pop("wall_seconds")
        self._jail = jail.Jail(filter=program, cores=tuple(job.pop("cores", ())), **job)
        self._memory = MemoryWatch(limit_mb=self._jail.memory_mb)
        self._init: int | None = None
        self._pidfd: int | None = None

    def run(self) -> None:
        try:
            while time.monotonic() < self._deadline:
                if not self._step():
                    return
        finally:
            if self._init is not None:
                self._kill()

    def _step(self) -> bool:
        """Wait for the next event and handle it; False ends the job."""
        watched = [self._control.fileno(), self._link.fileno()]
        if self._pidfd is not None:
            watched.append(self._pidfd)
        timeout = min(_TICK if self._init is not None else 60, max(0.0, self._deadline - time.monotonic()))
        readable, _, _ = select.select(watched, [], [], timeout)
        if self._control.fileno() in readable:  # the worker speaks only between jobs: this is its end
            return False
        if self._link.fileno() in readable:
            return self._obey()
        if self._pidfd in readable:
            self._tell_death("exited", self._reap())
        elif self._init is not None and self._memory.exceeded():
            self._tell_death("memory", self._kill())
        return True

    def _obey(self) -> bool:
        """Do what the judge asks; False when it has hung up."""
        try:
            request, descriptors = packets.receive(self._link)
        except (EOFError, OSError):
            return False
        if request == "start":
            (channel_fd,) = descriptors
            failure = self._start(channel_fd)
            os.close(channel_fd)
            self._tell({"started": failure is None, "failure": failure})
        elif request == "waited":
            self._tell({"waited": longest_wait() if self._init is not None else 0.0})
        elif self._init is not None:  # otherwise it died by itself, and the judge has been told
            grace = _GRACE if request == "bury" else 0.0
            dead, _, _ = select.select([self._pidfd or -1], [], [], grace)
            self._tell_death("exited", self._reap()) if dead else self._tell_death("killed", self._kill())
        return True

    def _tell_death(self, cause: str, status: int) -> None:
        self._tell({"died": cause, "status": status})

    def _tell(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # the judge is gone; the next step sees it
            packets.send(self._link, message)

    def _start(self, channel_fd: int) -> str | None:
        """Start a student's process on the channel; a text says why it could not be started."""
        reader, writer = os.pipe2(os.O_CLOEXEC)
        child = os.fork()
        if child == 0:
            _start_from_child(self._jail, channel_fd, writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as report:
            first, _, failure = report.read().partition(b"\n")  # ends when the jail is on, or failed
        os.waitpid(child, 0)
        if not first.isdigit():
            return (first + failure).decode(errors="replace") or "the jail could not be put on"
        self._init = int(first)
        self._pidfd = os.pidfd_open(self._init)
        if failure:
            self._kill()
            return failure.decode(errors="replace")
        return None

    def _kill(self) -> int:
        """End everything in the submission's pid namespace: its pid 1 takes all others along."""
        if self._pidfd is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        return self._reap()

    def _reap(self) -> int:
        assert self._init is not None
        assert self._pidfd is not None
        _, status = os.waitpid(self._init, 0)  # returns when the whole namespace is empty
        os.close(self._pidfd)
        self._init = self._pidfd = None
        return os.waitstatus_to_exitcode(status)


def _start_from_child(limits: jail.Jail, channel_fd: int, writer: int) -> NoReturn:
    """In the keeper's child: become the parent of a new pid namespace's first process, and leave."""
    try:
        jail.enter_namespaces()
        init = os.fork()
        if init != 0:
            os.write(writer, b"%d\n" % init)
            os._exit(0)
        jail.mount_private_files(limits)
        student = os.fork()
        if student != 0:
            os.closerange(0, 2**16)
            _wait_for(student)
        jail.confine(limits)
        os.close(writer)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the keeper has to hear of it
        os.write(writer, f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    run_guest(channel_fd)


def _wait_for(student: int) -> NoReturn:
    """Pid 1: reap orphans until the student's process ends; its own end ends all that is left."""
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            os._exit(1)
        if pid == student:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2] else None, sys.argv[3:])
