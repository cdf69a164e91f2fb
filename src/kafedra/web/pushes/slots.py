"""How many git processes work at the same time. Whoever comes when all are taken waits and loses nothing.

One person has only a few of them, so that somebody who opens many connections and says nothing stops nobody else.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta


class Slot:
    """One git process's permission to work.

    `waited` is how long all were taken: our time, not the student's. Waiting for one's own other processes isn't in it.
    """

    def __init__(self, waited: timedelta = timedelta()) -> None:
        self.waited = waited
        self._taken: list[asyncio.Semaphore] = []

    async def take(self, semaphore: asyncio.Semaphore) -> timedelta:
        """Wait for a place there; returns how long that took."""
        clock = asyncio.get_running_loop().time
        began = clock()
        await semaphore.acquire()
        self._taken.append(semaphore)
        return timedelta(seconds=clock() - began)

    def give(self) -> None:
        """Let the next one work; also before the end, by a process that only waits from now on."""
        while self._taken:
            self._taken.pop().release()


class Slots:
    """Belongs to the event loop's thread. First come, first served: of all, and before that of each person."""

    def __init__(self, number: int, for_one: int = 4) -> None:
        self._all = asyncio.Semaphore(number)
        self._for_one = for_one
        self._own: dict[int, asyncio.Semaphore] = {}
        self._here: Counter[int] = Counter()

    @asynccontextmanager
    async def one(self, person: int) -> AsyncIterator[Slot]:
        """A slot for as long as this block runs, or until it is given back. `person` is who asks for it."""
        own, slot = self._own.setdefault(person, asyncio.Semaphore(self._for_one)), Slot()
        self._here[person] += 1
        try:
            await slot.take(own)
            slot.waited = await slot.take(self._all)
            yield slot
        finally:
            slot.give()
            self._here[person] -= 1
            if not self._here[person]:
                del self._here[person], self._own[person]
