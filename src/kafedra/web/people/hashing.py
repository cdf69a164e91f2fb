"""Passwords, looked at a few at a time: each takes a hundred megabytes and a core for a tenth of a second."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

SIDE_BY_SIDE = 2
_PATIENCE_SECONDS = 30.0  # a lecture hall signs in within ten
_turns = threading.BoundedSemaphore(SIDE_BY_SIDE)


class TooManyAtOnce(Exception):
    """So many passwords wait to be looked at that this one's turn did not come. Whoever does not say so is a 503."""


class Argon2InTurn(Argon2PasswordHasher):
    """Django's, for two passwords at a time. Raises TooManyAtOnce."""

    def encode(self, password: str, salt: str) -> str:
        with _turn():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _turn():
            return bool(super().verify(password, encoded))


@contextmanager
def _turn() -> Iterator[Any]:
    if not _turns.acquire(timeout=_PATIENCE_SECONDS):
        raise TooManyAtOnce
    try:
        yield
    finally:
        _turns.release()
