"""The postman: one thread of the running server that sends letters and does what recurs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections, connections

from kafedra.web.frame.hook import Hook
from kafedra.web.outbox import doorbell, services
from kafedra.web.outbox.delivery import Deliverer

log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0


@dataclass
class Chore:
    """Something to do every so many seconds; what it returns is of no interest. Begins with the server."""

    name: str
    seconds: float
    act: Callable[[], object]
    next_at: float = 0.0  # of the monotonic clock


CHORES: Hook[[], Chore] = Hook("what the server does every so often")


class Postman:
    """Comes when the bell rings, and by itself every few seconds: other processes write letters too."""

    def __init__(self, chores: Sequence[Chore] = (), look: float = LOOK_SECONDS) -> None:
        self._chores, self._look = chores, look
        self._closing = threading.Event()
        self._deliverer = Deliverer()
        self._thread = threading.Thread(target=self._work, name="postman", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def drain(self, seconds: float) -> None:
        """Begin no further letter, and wait at most `seconds` for the one on its way. The others stay stored."""
        self._closing.set()
        doorbell.ring()
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _work(self) -> None:
        try:
            self._safely("letters", services.look_again)
            while not self._closing.is_set():
                doorbell.silence()
                for chore in self._chores:
                    if time.monotonic() >= chore.next_at:
                        chore.next_at = time.monotonic() + chore.seconds
                        self._safely(chore.name, chore.act)
                self._safely("letters", lambda: self._deliverer.deliver(self._closing.is_set))
                if not self._closing.is_set():
                    doorbell.wait(self._look)
        finally:
            connections.close_all()

    def _safely(self, name: str, act: Callable[[], object]) -> None:
        close_old_connections()
        try:
            act()
        except Exception:  # the database is away: everything is stored, and tried again
            log.exception("%s: failed, the next attempt follows", name)
        finally:
            close_old_connections()
