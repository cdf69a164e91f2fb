"""Connections, kept within what the machine has: heads that never end, and more of them than there are descriptors.

A connection that has sent a whole request is somebody's. One that has not is closed after a while, and earlier when
newcomers need its place: the oldest of the address that has most of them. So a class behind one address comes through,
and a thousand silent connections cost nobody anything.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
GRACE_SECONDS = 5.0
SILENT_A_PLACE = 64  # connections of one address that have not said yet what they want
SILENT_IN_ALL = 256
IN_ALL = 4000
_SPARE = 256  # descriptors for git, the database, the sandboxes
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n"
    b"Connection: close\r\nContent-Length: 43\r\n\r\nToo many connections: try again in seconds."
)


def most_connections() -> int:
    """How many there may be at a time, after the process has been given all descriptors that it may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = IN_ALL + 2 * _SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return IN_ALL if soft == resource.RLIM_INFINITY else max(16, min(IN_ALL, soft - _SPARE))


class Crowd:
    """The connections whose head has not come yet, oldest first, and how many each address has. Of the event loop."""

    def __init__(
        self, a_place: int = SILENT_A_PLACE, in_all: int = SILENT_IN_ALL, grace: float = GRACE_SECONDS
    ) -> None:
        self._a_place, self._in_all, self._grace = a_place, in_all, grace
        self._silent: dict[Polite, tuple[str, float]] = {}
        self._places: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._silent)

    def come(self, connection: Polite, place: str) -> None:
        """One more that has said nothing; if these are too many, the oldest have to go.

        None that has only just come: in a rush its head may be here, and not be read yet.
        """
        self.spoke(connection)
        self._silent[connection] = place, time.monotonic()
        self._places[place] += 1
        for _ in range(2):  # one came, so that they become fewer
            if self._places[place] > self._a_place:
                self._part_with_oldest(place, self._grace)
            elif len(self._silent) > self._in_all:
                self._part_with_oldest(self._places.most_common(1)[0][0], self._grace)

    def spoke(self, connection: Polite) -> None:
        """It has sent its head, or has gone."""
        place, _since = self._silent.pop(connection, (None, 0.0))
        if place is not None:
            self._places[place] -= 1
            if not self._places[place]:
                del self._places[place]

    def make_room(self) -> bool:
        """Part with the oldest of the address that has most, however young it is. False if everybody has spoken."""
        return bool(self._silent) and self._part_with_oldest(self._places.most_common(1)[0][0], 0.0)

    def _part_with_oldest(self, place: str, grace: float) -> bool:
        oldest, since = next((one, since) for one, (of, since) in self._silent.items() if of == place)
        if time.monotonic() - since < grace:
            return False
        self.spoke(oldest)
        oldest.part()
        return True


class Polite(H11Protocol):
    """Uvicorn's own, with a time limit for the head of a request and a place in a `Crowd`."""

    crowd = Crowd()
    most = IN_ALL

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        if len(self.connections) > self.most and not self.crowd.make_room():
            transport.write(_FULL)
            transport.close()
            return
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        # None before the first request, whatever uvicorn's annotation says.
        if self._deadline is None and getattr(self.cycle, "response_complete", True):
            self._wait_for_head()  # the next request of a connection that is kept alive
        super().data_received(data)

    def handle_events(self) -> None:
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._has_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        super().connection_lost(exc)

    def part(self) -> None:
        """Close without a word: nothing was asked."""
        self._has_head()
        self.transport.abort()

    def _wait_for_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.part)
        self.crowd.come(self, self.client[0] if self.client else "")

    def _has_head(self) -> None:
        self.crowd.spoke(self)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
