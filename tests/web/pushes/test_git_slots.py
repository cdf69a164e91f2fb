"""Only so many git processes work at once; waiting for a slot costs nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from kafedra.web import clock
from kafedra.web.pushes.pushes import PushesInProgress
from kafedra.web.pushes.slots import Slot, Slots

SECONDS = 60  # a deadline for what should come at once


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
            async with asyncio.timeout(SECONDS), slots.one(1):
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
        slots, silent, both_in, inside = Slots(3, for_one=2), asyncio.Event(), asyncio.Event(), 0

        async def connected() -> None:
            nonlocal inside
            async with slots.one(1):
                inside += 1
                if inside == 2:
                    both_in.set()
                await silent.wait()

        crowd = [asyncio.create_task(connected()) for _ in range(10)]
        async with asyncio.timeout(SECONDS):
            await both_in.wait()
            async with slots.one(2):
                pass
        assert inside == 2
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
        async with asyncio.timeout(SECONDS), slots.one(1), slots.one(1):
            pass

    asyncio.run(scene())


def test_waiting_for_ones_own_connections_is_nobody_elses_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> timedelta:
        loop, now = asyncio.get_running_loop(), 0
        monkeypatch.setattr(loop, "time", lambda: now)
        slots = Slots(3, for_one=1)
        async with slots.one(1) as first:
            second = asyncio.create_task(_waited(slots, 1))
            loop.call_soon(first.give)
            now = 40  # the clock goes on while the second one waits for the first
            return await second

    assert asyncio.run(scene()) == timedelta(0)


async def _waited(slots: Slots, person: int) -> timedelta:
    async with slots.one(person) as slot:
        return slot.waited


def test_the_wait_for_a_slot_is_not_the_students() -> None:
    async def scene() -> None:
        slot = Slot(waited=timedelta(seconds=40))
        async with PushesInProgress().one(1, Path("anna.git"), "ru", slot) as push:
            assert timedelta(seconds=39) < clock.now() - push.arrived() < timedelta(seconds=41)

    asyncio.run(scene())
