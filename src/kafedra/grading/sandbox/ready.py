"""A student's process made ready before it is asked for: its namespaces and walls cost more than most tests.

It has run nothing but our own code and waits for the judge's first word; whoever gets it is the first to speak to it.
"""

from __future__ import annotations

import contextlib
import select
import socket
from dataclasses import dataclass

from kafedra.grading.guest.start import run_guest
from kafedra.grading.sandbox.jail import Jail
from kafedra.grading.sandbox.processes import longest_wait
from kafedra.grading.sandbox.starting import NotStarted, Started, start
from kafedra.walls.refusal import Refused


@dataclass(frozen=True, slots=True)
class Ready:
    """``channel`` is the judge's end; ``waited``: seconds in the scheduler's queue before anybody asked for it."""

    submission: Started
    channel: socket.socket
    waited: float

    def discard(self) -> None:
        self.channel.close()
        self.submission.kill()


class Ahead:
    """At most one process that nobody has asked for yet, in the jail that was wanted last."""

    def __init__(self) -> None:
        self._jail: Jail | None = None
        self._ready: Ready | None = None

    def prepare(self, jail: Jail) -> None:
        """A job for this jail has come; why no process can be started is said when the judge asks for one."""
        if jail != self._jail:
            self.discard()
            self._jail = jail
        self.refill()

    def refill(self) -> None:
        """Make one ready for the next job: most come in a row, for the same assignment."""
        if self._ready is None and self._jail is not None:
            with contextlib.suppress(Refused, NotStarted):
                self._ready = _started(self._jail)

    def take(self, jail: Jail) -> Ready:
        """Raises :class:`Refused` and :class:`NotStarted`."""
        ready, self._ready = self._ready, None
        if ready is None or self._jail != jail:
            return _started(jail)
        if select.select([ready.submission.pidfd], [], [], 0)[0]:  # killed while it waited
            ready.discard()
            return _started(jail)
        return Ready(ready.submission, ready.channel, longest_wait(ready.submission.pid))

    def discard(self) -> None:
        if self._ready is not None:
            self._ready.discard()
            self._ready = None


def _started(jail: Jail) -> Ready:
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            return Ready(start(jail, lambda: run_guest(theirs.fileno())), ours, 0.0)
    except BaseException:
        ours.close()
        raise
