"""Only so many git processes work at once, and of one person fewer."""

from __future__ import annotations

import asyncio

from kafedra.web.pushes.slots import Slots

SECONDS = 60  # a deadline for what should come at once


def test_no_more_than_so_many_at_once() -> None:
    slots, now, most = Slots(2, for_one=20, working_for_one=20), 0, 0

    async def work() -> None:
        nonlocal now, most
        async with slots.one(1) as slot:
            await slot.work()
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
            await first.work()
            first.give()
            async with asyncio.timeout(SECONDS), slots.one(1) as second:
                await second.work()

    asyncio.run(scene())


def test_a_slot_given_back_early_is_given_back_once() -> None:
    async def scene() -> None:
        slots = Slots(1)
        async with slots.one(1) as first:
            await first.work()
            first.give()
        entered = 0

        async def work() -> None:
            nonlocal entered
            async with slots.one(1) as slot:
                await slot.work()
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
            async with slots.one(1) as slot:
                await slot.work()
                inside += 1
                if inside == 2:
                    both_in.set()
                await silent.wait()

        crowd = [asyncio.create_task(connected()) for _ in range(10)]
        async with asyncio.timeout(SECONDS):
            await both_in.wait()
            async with slots.one(2) as slot:
                await slot.work()
        assert inside == 2
        for task in crowd:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
        async with asyncio.timeout(SECONDS), slots.one(1), slots.one(1):
            pass

    asyncio.run(scene())
