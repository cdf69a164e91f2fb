"""What strangers can make the server say: once in a while, in one line, however often they do it."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

_SECONDS: Final = 60.0
_OF_STRANGERS: Final = ("uvicorn", "asyncio", "django.security")
_MOST: Final = 200  # different ones that are remembered


class Seldom(logging.Filter):
    """Lets one record of a kind through in a minute; the next one says how many there were in between.

    Only of those loggers that speak of connections and requests as such: what kafedra itself logs is always said.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._said: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(_OF_STRANGERS):
            return True
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None  # the line says it: which host, which cookie
        kind = record.name, "" if record.name.startswith("django.security") else str(record.msg)[:80]
        left_out = self._left_out(kind)
        if left_out:
            record.msg, record.args = f"{record.getMessage()} (and {left_out} more like it)", ()
        return left_out is not None

    def _left_out(self, kind: tuple[str, str]) -> int | None:
        """How many were left out before this one; None if this one is, too."""
        now = time.monotonic()
        with self._lock:
            at, left_out = self._said.get(kind, (-_SECONDS, 0))
            if now - at < _SECONDS:
                self._said[kind] = at, left_out + 1
                return None
            if len(self._said) >= _MOST:
                self._said.clear()
            self._said[kind] = now, 0
            return left_out
