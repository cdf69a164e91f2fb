"""Only so many git processes work at once; waiting for a slot costs nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from kafedra.web import clock
from kafedra.web.classroom.git.pushes import PushesInProgress
from kafedra.web.classroom.git.slots import Slot, Slots


def test_no_more_than_so_many_at_once() -> None:
    slots, now, most = Slots(2, for_one=20), 0, 0

    async def work() -> None:
        nonlocal now, most
        async with slots.one(1):
            now, most = now + 1, max(most, now + 1)
            await asyncio.sleep(0)
            now -= 1

    async def all_of_them() -> None:
        await asyncio.gather(*(work() for _ in range(20)))

    asyncio.run(all_of_them())
    assert most == 2


def test_whoever_only_waits_for_a_verdict_lets_the_next_one_in() -> None:
    async def scene() -> None:
        slots = Slots(1)
        async with slots.one(1) as first:
            first.give()
            async with asyncio.timeout(1), slots.one(1):
                pass

    asyncio.run(scene())


def test_a_slot_given_back_early_is_given_back_once() -> None:
    async def scene() -> None:
        slots = Slots(1)
        async with slots.one(1) as first:
            first.give()
        entered = 0

        async def work() -> None:
            nonlocal entered
            async with slots.one(1):
                entered += 1
                await asyncio.Event().wait()

        waiting = [asyncio.create_task(work()) for _ in range(2)]
        for _ in range(5):
            await asyncio.sleep(0)
        assert entered == 1
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(scene())


def test_one_person_who_opens_many_and_says_nothing_stops_nobody_else() -> None:
    async def scene() -> None:
        slots, silent = Slots(3, for_one=2), asyncio.Event()

        async def connected(person: int) -> None:
            async with slots.one(person):
                await silent.wait()

        crowd = [asyncio.create_task(connected(1)) for _ in range(10)]
        await asyncio.sleep(0)
        async with asyncio.timeout(1), slots.one(2) as slot:
            assert slot.waited < timedelta(seconds=1)
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
        async with asyncio.timeout(1), slots.one(1), slots.one(1):
            pass

    asyncio.run(scene())


def test_waiting_for_ones_own_connections_is_nobody_elses_time() -> None:
    async def scene() -> None:
        slots = Slots(3, for_one=1)
        async with slots.one(1):
            second = asyncio.create_task(_waited(slots, 1))
            await asyncio.sleep(0.05)
        assert await second < timedelta(seconds=0.04)

    asyncio.run(scene())


async def _waited(slots: Slots, person: int) -> timedelta:
    async with slots.one(person) as slot:
        return slot.waited


def test_the_wait_for_a_slot_is_not_the_students() -> None:
    async def scene() -> None:
        slot = Slot((asyncio.Semaphore(0),), waited=timedelta(seconds=40))
        async with PushesInProgress().one(1, Path("anna.git"), "ru", slot) as push:
            assert timedelta(seconds=39) < clock.now() - push.arrived() < timedelta(seconds=41)

    asyncio.run(scene())
