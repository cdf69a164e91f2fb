"""Connections, kept within what the machine has: requests that never end, and more of them than there are descriptors.

A connection that has sent a whole request is somebody's. One whose head has not come is closed after a while, and
earlier when newcomers need its place: the oldest of the address that has most of them. So a class behind one address
comes through, and a thousand silent connections cost nobody anything. A body may be long and slow, but has to go on.

Where all places are taken nevertheless, by bodies or by answers that nobody ends, the address that has most of them
gives one up: whoever takes thousands keeps nobody else out.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
BODY_SECONDS = 20.0
BODY_BYTES = 8 * 1024  # within these seconds: the slowest telephone brings more
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

        self._here: dict[Polite, str] = {}  # all of them, oldest first
        self._taken: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._silent)

    def enter(self, connection: Polite, place: str) -> None:
        """It holds a place from now on, whatever it does."""
        self._here[connection] = place
        self._taken[place] += 1

    def leave(self, connection: Polite) -> None:
        """It has gone. Repeating changes nothing."""
        self.spoke(connection)
        place = self._here.pop(connection, None)
        if place is not None:
            self._taken[place] -= 1
            if not self._taken[place]:
                del self._taken[place]

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
        """Part with one of the address that has most, however young it is; False if there is nobody to part with.

        One that is silent, if there is any; else one whose request has not ended; else the oldest.
        """
        if self._silent:
            return self._part_with_oldest(self._places.most_common(1)[0][0], 0.0)
        if not self._here:
            return False
        place = self._taken.most_common(1)[0][0]
        its_own = [one for one, of in self._here.items() if of == place]
        chosen = next((one for one in its_own if one.unfinished), its_own[0])
        self.leave(chosen)
        chosen.part()
        return True

    def _part_with_oldest(self, place: str, grace: float) -> bool:
        oldest, since = next((one, since) for one, (of, since) in self._silent.items() if of == place)
        if time.monotonic() - since < grace:
            return False
        self.spoke(oldest)
        oldest.part()
        return True


class Polite(H11Protocol):
    """Uvicorn's own, with a time limit for the head of a request, a pace for its body and a place in a `Crowd`."""

    crowd = Crowd()
    most = IN_ALL

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._pace: asyncio.TimerHandle | None = None
        self._came = 0  # bytes since the pace was looked at

    @property
    def unfinished(self) -> bool:
        """Whether a request has begun whose body is still to come."""
        # No cycle before the first request, whatever uvicorn's annotation says.
        return bool(getattr(self.cycle, "more_body", False)) and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        if len(self.connections) > self.most and not self.crowd.make_room():
            transport.write(_FULL)
            transport.close()
            return
        self.crowd.enter(self, self._place)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        # None before the first request, whatever uvicorn's annotation says.
        if self._deadline is None and getattr(self.cycle, "response_complete", True):
            self._wait_for_head()  # the next request of a connection that is kept alive
        super().data_received(data)

    def handle_events(self) -> None:
        before = self.cycle
        super().handle_events()
        if self.cycle is not before:
            self._has_head()
        if self.unfinished and self._pace is None:
            self._watch_body()

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        self._rest()
        self.crowd.leave(self)
        super().connection_lost(exc)

    def part(self) -> None:
        """Close without a word: nothing was asked."""
        self._has_head()
        self._rest()
        self.transport.abort()

    @property
    def _place(self) -> str:
        return self.client[0] if self.client else ""

    def _wait_for_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.part)
        self.crowd.come(self, self._place)

    def _watch_body(self) -> None:
        self._came = 0
        self._pace = self.loop.call_later(BODY_SECONDS, self._look_at_body)

    def _look_at_body(self) -> None:
        """Close it if the body does not come; where we are the ones who do not read, it may wait as long as need be."""
        self._pace = None
        if not self.unfinished:
            return
        ours = self.flow.read_paused or self.cycle.waiting_for_100_continue
        if ours or self._came >= BODY_BYTES:
            self._watch_body()
        else:
            self.part()

    def _rest(self) -> None:
        if self._pace is not None:
            self._pace.cancel()
            self._pace = None

    def _has_head(self) -> None:
        self.crowd.spoke(self)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
