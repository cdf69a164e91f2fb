"""The keeper: the warm process behind the outer wall that starts submissions and ends them.

It stands outside the student's pid namespace, so nothing in there can reach it; it has no threads and does one job
at a time, through a deputy for the job's list of forbidden APIs (``deputies.py``). That one kills when the judge says
so, when the judge hangs up, when memory or the job's time is used up, and it answers only when every process of the
submission is gone.

    worker ──control──▶ keeper ──▶ deputy ◀──link── judge
                                     │ fork, namespaces, fork
                                     ▼
                        init (pid 1 of the submission) ──fork──▶ the student's process ◀──channel── judge
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from kafedra.grading import packets
from kafedra.grading.guest import doubles, holders
from kafedra.grading.guest.practice import practise
from kafedra.grading.guest.runtime import seed_everything
from kafedra.grading.preloading import preload
from kafedra.grading.sandbox import jail, seccomp
from kafedra.grading.sandbox.deputies import Deputies
from kafedra.grading.sandbox.processes import MemoryWatch, held_here, longest_wait, require_lists_of_children
from kafedra.grading.sandbox.ready import Ahead
from kafedra.grading.sandbox.starting import NotStarted, Started, require_every_step, start
from kafedra.grading.warmth import settle
from kafedra.walls import libc
from kafedra.walls.launch import REFUSED
from kafedra.walls.refusal import Refused, Step, step

_TICK: Final = 0.05  # seconds between two looks at the memory in use
_GRACE: Final = 0.3  # seconds for a process that has hung up to be seen dying by itself


def main(control_fd: int, modules: list[str]) -> None:
    """Entry point behind the wall. Raises :class:`Refused` where no jail can be made here."""
    control = socket.socket(fileno=control_fd)
    libc.become_subreaper()
    jail.remember_interpreter()
    _rehearse(seccomp.assemble(os.uname().machine))
    preload(modules, control)
    _look_at_the_processor()
    doubles.prepare()
    holders.remember()  # where functions of C are held: once, not in every submission
    practise()
    seed_everything(0)  # numpy.random is loaded when it is first used: 10 ms, here and not in every submission
    jail.remember_address_space()
    settle()
    held = held_here()
    deputies = Deputies(control, lambda jobs: _serve(jobs, held))
    packets.send(control, {"ready": True})
    try:
        while deputies.do(*_received(control)):
            packets.send(control, {"done": True})
    except EOFError:
        return
    finally:
        deputies.end()


def _received(control: socket.socket) -> tuple[dict[str, Any], int]:
    job, (link_fd,) = packets.receive(control)
    return job, link_fd


def _serve(control: socket.socket, held: int) -> None:
    """In a deputy: do one job after another until the keeper hangs up; ``held``: bytes that the keeper holds."""
    ahead = Ahead()
    while True:
        try:
            job, descriptors = packets.receive(control)
        except EOFError:
            ahead.discard()
            return
        if "rest" in job:
            ahead.discard()
            continue
        [link_fd] = descriptors
        limits = _limits(job["limits"])
        ahead.prepare(limits)  # while the judge reads what was handed in
        with socket.socket(fileno=link_fd) as link:
            watch = MemoryWatch(limits.memory_mb, keeper=held)
            _Job(control, link, limits, watch, ahead, seconds=job["wall_seconds"]).run()
        packets.send(control, {"done": True})
        ahead.refill()  # while the verdict is written down


def _limits(wanted: Mapping[str, Any]) -> jail.Jail:
    """The jail that a job asks for; its filter lets programs start only where the job names some."""
    lists = {name: tuple(wanted[name]) for name in ("cores", "programs")}
    program = seccomp.assemble(os.uname().machine, starting=bool(lists["programs"]), gpu=wanted.get("gpu", False))
    return jail.Jail(filter=program, **{**wanted, **lists})


def _look_at_the_processor() -> None:
    """torch asks what the processor can do on first use, in /proc and /sys: the student's process has neither."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.backends.cpu.get_cpu_capability()


def _rehearse(program: bytes) -> None:
    """Put a jail on once, before anything is loaded: a machine that forbids it is found out now, not by a student."""
    with step(Step.WATCH, inner=True):
        require_lists_of_children()
    require_every_step()
    limits = jail.Jail(memory_mb=64, processes=8, file_mb=1, files=8, cpu_seconds=1, cores=(), filter=program)
    start(limits, lambda: os._exit(0)).reap()


class _Job:
    """One submission: as many student processes as the judge asks for, one after another."""

    def __init__(
        self,
        control: socket.socket,
        link: socket.socket,
        limits: jail.Jail,
        memory: MemoryWatch,
        ahead: Ahead,
        *,
        seconds: float,
    ) -> None:
        self._control = control
        self._link = link
        self._deadline = time.monotonic() + seconds
        self._jail = limits
        self._memory = memory
        self._ahead = ahead
        self._submission: Started | None = None
        self._waited_before = 0.0

    def run(self) -> None:
        try:
            while time.monotonic() < self._deadline:
                if not self._step():
                    return
        finally:
            if self._submission is not None:
                self._end(Started.kill)

    def _step(self) -> bool:
        """Wait for the next event and handle it; False ends the job."""
        watched = [self._control.fileno(), self._link.fileno()]
        if self._submission is not None:
            watched.append(self._submission.pidfd)
        timeout = min(_TICK if self._submission is not None else 60, max(0.0, self._deadline - time.monotonic()))
        readable, _, _ = select.select(watched, [], [], timeout)
        if self._control.fileno() in readable:  # the keeper speaks only between jobs: this is its end
            return False
        if self._link.fileno() in readable:
            return self._obey()
        if self._submission is None:
            return True
        if self._submission.pidfd in readable:
            self._tell_death("exited", self._end(Started.reap))
        elif self._memory.exceeded(self._submission.pid):
            self._tell_death("memory", self._end(Started.kill))
        return True

    def _obey(self) -> bool:
        """Do what the judge asks; False when it has hung up."""
        try:
            request, _ = packets.receive(self._link)
        except (EOFError, OSError):
            return False
        if request == "start":
            self._start()
        elif request == "waited":
            waited = longest_wait(self._submission.pid) if self._submission is not None else 0.0
            self._tell({"waited": max(0.0, waited - self._waited_before)})
        elif self._submission is not None:  # otherwise it died by itself, and the judge has been told
            grace = _GRACE if request == "bury" else 0.0
            dead, _, _ = select.select([self._submission.pidfd], [], [], grace)
            cause, how = ("exited", Started.reap) if dead else ("killed", Started.kill)
            self._tell_death(cause, self._end(how))
        return True

    def _tell_death(self, cause: str, status: int) -> None:
        self._tell({"died": cause, "status": status})

    def _tell(self, message: dict[str, Any], *descriptors: int) -> None:
        with contextlib.suppress(OSError):  # the judge is gone; the next step sees it
            packets.send(self._link, message, *descriptors)

    def _start(self) -> None:
        """A student's process for the judge, which gets its end of the channel; or a text says why there is none."""
        try:
            ready = self._ahead.take(self._jail)
        except (Refused, NotStarted) as failure:
            self._tell({"started": False, "failure": str(failure)})
            return
        self._submission, self._waited_before = ready.submission, ready.waited
        with ready.channel:
            self._tell({"started": True}, ready.channel.fileno())

    def _end(self, how: Callable[[Started], int]) -> int:
        assert self._submission is not None
        submission, self._submission = self._submission, None
        return how(submission)


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), sys.argv[2:])
    except Refused as refused:
        print(refused.refusal.as_json(), file=sys.stderr)  # noqa: T201 - to the one who started us
        sys.exit(REFUSED)
