"""How many git processes work at the same time. Whoever comes when all are taken waits and loses nothing.

One person has only a few of them, so that somebody who opens many connections and says nothing stops nobody else.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta


class Slot:
    """One git process's permission to work.

    `waited` is how long all were taken: our time, not the student's. Waiting for one's own other processes isn't in it.
    """

    def __init__(self, taken: tuple[asyncio.Semaphore, ...], waited: timedelta) -> None:
        self._taken, self.waited = taken, waited
        self._held = True

    def give(self) -> None:
        """Let the next one work; also before the end, by a process that only waits from now on."""
        if self._held:
            self._held = False
            for semaphore in self._taken:
                semaphore.release()


class Slots:
    """Belongs to the event loop's thread. First come, first served: of all, and before that of each person."""

    def __init__(self, number: int, for_one: int = 4) -> None:
        self._all = asyncio.Semaphore(number)
        self._for_one = for_one
        self._own: dict[int, asyncio.Semaphore] = {}
        self._users: dict[int, int] = defaultdict(int)

    @asynccontextmanager
    async def one(self, person: int) -> AsyncIterator[Slot]:
        """A slot for as long as this block runs, or until it is given back. `person` is who asks for it."""
        own = self._own.setdefault(person, asyncio.Semaphore(self._for_one))
        self._users[person] += 1
        try:
            await own.acquire()
            try:
                slot = await self._common(own)
            except BaseException:
                own.release()
                raise
            try:
                yield slot
            finally:
                slot.give()
        finally:
            self._users[person] -= 1
            if not self._users[person]:
                del self._users[person], self._own[person]

    async def _common(self, own: asyncio.Semaphore) -> Slot:
        clock = asyncio.get_running_loop().time
        began = clock()
        await self._all.acquire()
        return Slot((own, self._all), timedelta(seconds=clock() - began))
