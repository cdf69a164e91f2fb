"""What goes on in a blitz, told to every open page as server-sent events.

Each blitz that somebody watches has one task, which reads the whole state when something changes and tells all at
once. A page that comes back gets the whole state too: there is nothing to make up for. While it waits, a page holds
neither a thread's time nor a connection to the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import random
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection

from kafedra.web import clock
from kafedra.web.frame.closing import closing

log = logging.getLogger(__name__)
State = Mapping[str, Any]
# A state for everybody, and what only the presenter is told.
Read = Callable[[int], tuple[State, State]]
HEARTBEAT_SECONDS = 15.0
LOOK_SECONDS = 2.0  # another process may have written
BEAT = b": still here\nevent: beat\ndata: {}\n\n"  # an event: a page can't see that a comment came
PAUSE_SECONDS = 0.2  # between two tellings, however fast answers come


def event(state: State) -> bytes:
    """One event; its id is the step. `now` lets a page whose clock is wrong count down rightly."""
    told = {**state, "now": round(clock.now().timestamp() * 1000)}
    return f"id: {state['step']}\ndata: {json.dumps(told)}\n\n".encode()


class _Watched:
    """One blitz, while somebody watches it."""

    def __init__(self, pk: int, read: Read) -> None:
        self.pk, self.loop, self._read = pk, asyncio.get_running_loop(), read
        self.told: list[State] = [{}, {}]  # a phone's, the presenter's
        self.numbers, self.watching, self.over = [0, 0], 0, False
        self._changed = asyncio.Event()
        # Each is set once, when its audience is told. No lock: a page may leave in any moment, and hundreds do.
        self._news = [asyncio.Event(), asyncio.Event()]
        self._task = self.loop.create_task(self._tell())

    def changed(self) -> None:
        """From any thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(self._changed.set)

    def stop(self) -> None:
        self._task.cancel()

    async def next(self, seen: int, presenter: bool) -> tuple[int, State | None]:
        """What is told after `seen`; None when nothing came before the next heartbeat, or the server stops."""
        if not self.over and self.numbers[presenter] <= seen:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._news[presenter].wait()
        number = self.numbers[presenter]
        return (number, self.told[presenter]) if number > seen else (seen, None)

    async def _tell(self) -> None:
        ending = asyncio.create_task(closing.wait())
        try:
            while not closing:
                self._changed.clear()
                try:
                    everybody, presenter = await sync_to_async(self._look, thread_sensitive=False)()
                except Exception:
                    log.exception("the state of a blitz could not be read; the next look is in %s s", LOOK_SECONDS)
                else:
                    self._publish(everybody, {**everybody, **presenter})
                await asyncio.wait({ending}, timeout=PAUSE_SECONDS)
                change = asyncio.create_task(self._changed.wait())
                try:
                    await asyncio.wait({ending, change}, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                finally:  # also when the last page has gone: a task that nobody ends is complained of in the log
                    change.cancel()
        finally:
            ending.cancel()
            self.over = True
            for news in self._news:
                news.set()

    def _look(self) -> tuple[State, State]:
        try:
            return self._read(self.pk)
        finally:
            connection.close()

    def _publish(self, *states: State) -> None:
        for number, state in enumerate(states):
            if state != self.told[number]:
                self.told[number], self.numbers[number] = state, self.numbers[number] + 1
                self._news[number].set()
                self._news[number] = asyncio.Event()


_lock = threading.Lock()
_watched: dict[int, _Watched] = {}


def changed(pk: int) -> None:
    """Something was written about this blitz. From any thread, after the commit."""
    with _lock:
        found = _watched.get(pk)
    if found is not None:
        found.changed()


def _enter(pk: int, read: Read) -> _Watched:
    with _lock:
        found = _watched.get(pk)
        if found is None or found.over or found.loop is not asyncio.get_running_loop():
            found = _watched[pk] = _Watched(pk, read)
        found.watching += 1
        return found


def _leave(watched: _Watched) -> None:
    with _lock:
        watched.watching -= 1
        if not watched.watching:
            watched.stop()
            if _watched.get(watched.pk) is watched:
                del _watched[watched.pk]


async def events(pk: int, read: Read, *, presenter: bool) -> AsyncGenerator[bytes, None]:
    """The stream of one page, until it goes away or the server stops.

    Pages come back after half a second to three: not all in the same moment.
    """
    watched = _enter(pk, read)
    try:
        yield f"retry: {random.randint(500, 3000)}\n\n".encode()  # noqa: S311  # so that they don't come at once
        seen = 0
        while not watched.over:
            seen, told = await watched.next(seen, presenter)
            if told:
                yield event(told)
            elif not watched.over:
                yield BEAT
    finally:
        _leave(watched)
