"""The server is about to stop: whoever keeps an answer open looks here, or the server would have to wait for them."""

from __future__ import annotations

import asyncio
import threading


class Closing:
    """Off while the server works. May be asked, waited for and set from any thread."""

    def __init__(self) -> None:
        self._set, self._lock = False, threading.Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def begin(self) -> None:
        """The server stops; everybody who waits is told."""
        with self._lock:
            self._set = True
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    def over(self) -> None:
        """A server starts in this process."""
        with self._lock:
            self._set = False

    def __bool__(self) -> bool:
        return self._set

    async def wait(self) -> None:
        """Returns when the server begins to stop."""
        mine = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            if self._set:
                return
            self._waiting.add(mine)
        try:
            await mine[1].wait()
        finally:
            with self._lock:
                self._waiting.discard(mine)


closing = Closing()  # one server, one process
