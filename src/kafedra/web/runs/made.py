"""What is made once from the course's files, takes seconds, and is asked for by many at the same moment."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from kafedra.course import CourseError

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 20  # for what somebody else is making: longer nobody looks at an empty page
REST_SECONDS = 60  # after a failure: the machine may have been busy

Value = TypeVar("Value")


class MadeOnce(Generic[Value]):
    """Keeps what `make` returned for each key. A failure is logged, is None for a minute, and is then tried again.

    One is made at a time: several at once would only slow each other down.
    """

    _making = threading.Lock()

    def __init__(self, make: Callable[..., Value], what: str) -> None:
        self._make, self._what = make, what
        self._made: dict[tuple[str, ...], Value] = {}
        self._failed: dict[tuple[str, ...], float] = {}

    def __call__(self, *key: str) -> Value | None:
        """The value for `key`; None when it can't be made now."""
        if key in self._made:
            return self._made[key]
        if not self._making.acquire(timeout=PATIENCE_SECONDS):
            return None
        try:
            if key not in self._made and not self._rests(key):
                self._made[key] = self._make(*key)
            return self._made.get(key)
        except CourseError:
            log.exception("%s %s can't be built", self._what, "/".join(key))
            self._failed[key] = time.monotonic()
            return None
        finally:
            self._making.release()

    def _rests(self, key: tuple[str, ...]) -> bool:
        return time.monotonic() - self._failed.get(key, float("-inf")) < REST_SECONDS
