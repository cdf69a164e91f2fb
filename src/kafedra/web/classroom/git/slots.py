"""How many git processes work at the same time. Whoever comes when all are taken waits and loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta


class Slot:
    """One git process's permission to work. `waited` is how long it took to get it: our time, not the student's."""

    def __init__(self, semaphore: asyncio.Semaphore, waited: timedelta) -> None:
        self._semaphore, self.waited = semaphore, waited
        self._held = True

    def give(self) -> None:
        """Let the next one work; also before the end, by a process that only waits from now on."""
        if self._held:
            self._held = False
            self._semaphore.release()


class Slots:
    """Belongs to the event loop's thread. First come, first served."""

    def __init__(self, number: int) -> None:
        self._semaphore = asyncio.Semaphore(number)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Slot]:
        """A slot for as long as this block runs, or until it is given back."""
        clock = asyncio.get_running_loop().time
        began = clock()
        await self._semaphore.acquire()
        slot = Slot(self._semaphore, timedelta(seconds=clock() - began))
        try:
            yield slot
        finally:
            slot.give()
