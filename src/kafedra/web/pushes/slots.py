"""How many git processes work at the same time. Whoever comes when all are taken waits and loses nothing.

One person has only a few of them, so that somebody who opens many connections and says nothing stops nobody else; and
of these, even fewer work: whatever somebody sends, the others have the rest of the machine.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slot:
    """One request's place among its person's; with `work` also one git process's permission to work."""

    def __init__(self, *to_work: asyncio.Semaphore) -> None:
        self._to_work = to_work
        self._taken: list[asyncio.Semaphore] = []

    async def work(self) -> None:
        """Wait until a git process may work. What is to be read of the client is read before: its pace is its own."""
        for semaphore in self._to_work:
            await self.take(semaphore)

    async def take(self, semaphore: asyncio.Semaphore) -> None:
        """Wait for a place there."""
        await semaphore.acquire()
        self._taken.append(semaphore)

    def give(self) -> None:
        """Let the next one work; also before the end, by a process that only waits from now on."""
        while self._taken:
            self._taken.pop().release()


class Slots:
    """Belongs to the event loop's thread. First come, first served: of all, and before that of each person."""

    def __init__(self, number: int, for_one: int = 4, working_for_one: int = 2) -> None:
        self._all = asyncio.Semaphore(number)
        self._for_one, self._working_for_one = for_one, working_for_one
        self._own: dict[int, tuple[asyncio.Semaphore, asyncio.Semaphore]] = {}
        self._here: Counter[int] = Counter()

    @asynccontextmanager
    async def one(self, person: int) -> AsyncIterator[Slot]:
        """A place for as long as this block runs, or until it is given back. `person` is who asks for it."""
        fresh = asyncio.Semaphore(self._for_one), asyncio.Semaphore(self._working_for_one)
        own, working = self._own.setdefault(person, fresh)
        slot = Slot(working, self._all)
        self._here[person] += 1
        try:
            await slot.take(own)
            yield slot
        finally:
            slot.give()
            self._here[person] -= 1
            if not self._here[person]:
                del self._here[person], self._own[person]
