"""The keeper's deputies: one process for each list of forbidden APIs, in whose memory these are closed already.

Closing them costs more than most tests, and is the same for every submission of an assignment: it is done once, and
each submission gets a fork of its own. A deputy runs nothing but our code; what a submission does in its fork no other
sees.

    keeper ──job, link──▶ deputy ──fork into new namespaces──▶ pid 1 of the submission
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import socket
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from kafedra.grading import packets
from kafedra.grading.guest import poison
from kafedra.walls import libc

MOST: Final = 8  # lists; a deputy that waits holds a few megabytes of its own
RENEWED_AFTER: Final = 250  # jobs: what a deputy may leak never becomes much

Serve = Callable[[socket.socket], None]


@dataclass(slots=True)
class _Deputy:
    """A process, the keeper's end of the socket on which it takes jobs, and how many it was given."""

    pid: int
    control: socket.socket
    jobs: int = 0

    def rest(self) -> None:
        """Another one's turn: nothing need be ready here."""
        packets.send(self.control, {"rest": True})

    def end(self) -> None:
        """Hang up and wait: with it goes all that it has started."""
        self.control.close()
        os.waitpid(self.pid, 0)


class Deputies:
    """Those that are there, each for its list. Whichever was not needed for the longest time makes room."""

    def __init__(self, control: socket.socket, serve: Serve) -> None:
        """``control``: the worker's; ``serve`` takes jobs from a socket until the keeper hangs up, in a deputy."""
        self._control = control
        self._serve = serve
        self._there: OrderedDict[tuple[str, ...], _Deputy] = OrderedDict()
        self._last: _Deputy | None = None

    def do(self, job: dict[str, Any], link_fd: int) -> bool:
        """Have a job done and wait for its end; False when the worker has hung up.

        ``link_fd`` is closed here. Raises ``EOFError`` or ``OSError`` when the deputy has died: what it was to watch
        over has died with it, and the keeper can promise nothing more.
        """
        deputy = self._deputy_for(tuple(job["forbidden"]))
        if self._last is not None and self._last is not deputy:
            self._last.rest()
        self._last = deputy
        deputy.jobs += 1
        packets.send(deputy.control, job, link_fd)
        os.close(link_fd)
        readable, _, _ = select.select([self._control, deputy.control], [], [])
        if deputy.control not in readable:
            return False
        packets.receive(deputy.control)
        return True

    def end(self) -> None:
        """Everything that was started is gone when this returns."""
        while self._there:
            self._there.popitem()[1].end()

    def _deputy_for(self, apis: tuple[str, ...]) -> _Deputy:
        if apis in self._there and self._there[apis].jobs >= RENEWED_AFTER:
            self._dismiss(apis)
        if apis not in self._there:
            while len(self._there) >= MOST:
                self._dismiss(next(iter(self._there)))
            self._there[apis] = self._start(apis)
        self._there.move_to_end(apis)
        return self._there[apis]

    def _dismiss(self, apis: tuple[str, ...]) -> None:
        leaving = self._there.pop(apis)
        leaving.end()
        if self._last is leaving:
            self._last = None

    def _start(self, apis: tuple[str, ...]) -> _Deputy:
        ours, theirs = packets.pair()
        with theirs:
            pid = os.fork()
            if pid == 0:
                self._be_deputy(apis, theirs.detach())
        return _Deputy(pid, ours)

    def _be_deputy(self, apis: tuple[str, ...], control_fd: int) -> NoReturn:
        try:
            libc.die_with_parent()
            os.closerange(3, control_fd)  # a link that it held would never end
            os.closerange(control_fd + 1, 2**16)
            with contextlib.suppress(Exception):  # then each submission tries by itself, and the judge hears why not
                poison.close_ahead(apis)
            gc.collect()
            gc.freeze()
            self._serve(socket.socket(fileno=control_fd))
            os._exit(0)
        finally:
            os._exit(1)
