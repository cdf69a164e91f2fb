"""A request's turn, which ends when the work is done and not when the client has gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

SCOPE: Final = "kafedra.turn"  # where an ASGI scope has it

Handler = Callable[[HttpRequest], HttpResponseBase]


class Turn:
    """One request's. `end` is called once, in the event loop's thread, however often it is over."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end, self._loop = end, asyncio.get_running_loop()
        self._working = self._over = False

    def work(self) -> None:
        """From a thread: somebody works for it from now on."""
        self._working = True

    def done(self) -> None:
        """From a thread: the work is done; what is left is to send it."""
        self._loop.call_soon_threadsafe(self._finish)

    def gone(self) -> None:
        """In the event loop: the request has ended. A thread that still works for it ends the turn itself."""
        if not self._working:
            self._finish()

    def _finish(self) -> None:
        if not self._over:
            self._over = True
            self._end()


def middleware(handler: Handler) -> Handler:
    """The outermost, so that all the work of a page is inside."""

    def in_turn(request: HttpRequest) -> HttpResponseBase:
        turn: Turn | None = getattr(request, "scope", {}).get(SCOPE)
        if turn is None:
            return handler(request)
        turn.work()
        try:
            return handler(request)
        finally:
            turn.done()

    return in_turn
