"""Pushes that the HTTP door let in and that git is working on now.

A hook speaks for a push by its secret: whoever else finds the socket is not heard.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kafedra.web.pushes.slots import Slot


@dataclass(slots=True)
class Push:
    """One push on its way. `received_at` is the moment when the whole of it was here (aware UTC)."""

    repository_id: int
    path: Path
    language: str
    turn: asyncio.Lock
    slot: Slot
    received_at: datetime
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    holds_turn: bool = False

    async def take_turn(self) -> None:
        """From here until the reference has moved no other push may change this repository."""
        await self.turn.acquire()
        self.holds_turn = True

    def give_turn(self) -> None:
        if self.holds_turn:
            self.holds_turn = False
            self.turn.release()


class PushesInProgress:
    """The pushes of this process. Belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._by_secret: dict[str, Push] = {}
        self._turns: dict[int, asyncio.Lock] = {}

    @asynccontextmanager
    async def one(
        self, repository_id: int, path: Path, language: str, slot: Slot, received_at: datetime
    ) -> AsyncIterator[Push]:
        """A push exists for as long as this block runs."""
        turn = self._turns.setdefault(repository_id, asyncio.Lock())
        push = Push(repository_id, path, language, turn, slot, received_at)
        self._by_secret[push.secret] = push
        try:
            yield push
        finally:
            del self._by_secret[push.secret]
            push.give_turn()
            if repository_id not in self.repositories():
                del self._turns[repository_id]

    def find(self, secret: str) -> Push | None:
        return self._by_secret.get(secret)

    def repositories(self) -> frozenset[int]:
        """Repositories that somebody is pushing to right now."""
        return frozenset(push.repository_id for push in self._by_secret.values())
