"""A push counts from the moment when its content was complete at the server, whoever keeps git busy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.web.pushes import hand_made
from tests.web.reviews import works

from kafedra.web import clock
from kafedra.web.git.command import git
from kafedra.web.people.models import User
from kafedra.web.pushes.hooks import install
from kafedra.web.pushes.http import GitOverHTTP
from kafedra.web.pushes.listener import HookCall, Listener, Say
from kafedra.web.pushes.pushes import Push, PushesInProgress
from kafedra.web.pushes.slots import Slots
from kafedra.web.runs.models import Run
from kafedra.web.submissions.storage import repository_path


@pytest.mark.django_db(transaction=True)
def test_waiting_for_git_neither_counts_nor_gives_time_to_write(run: Run, student: User, tmp_path: Path) -> None:
    repository = works.work(student, run)
    path = repository_path(repository)
    start = git(["rev-parse", "main"], repository=path).decode().strip()
    commit = hand_made.commit_on(path, start)
    body = hand_made.push_body(hand_made.an_update(start, commit), hand_made.pack_of(path, start, commit))
    header, moments = hand_made.authorization(student), list[datetime]()

    async def before(push: Push, _call: HookCall, _say: Say) -> int:
        moments.append(push.received_at)
        return 0

    async def after(_push: Push, _call: HookCall, _say: Say) -> int:
        return 0

    async def scene(later: ExitStack) -> None:
        pushes, slots = PushesInProgress(), Slots(1)
        hooks, tasks = install(tmp_path), list[asyncio.Task[None]]()
        door = GitOverHTTP(pushes, hooks, slots)

        async with (
            Listener(hooks.socket, pushes, {"pre-receive": before, "post-receive": after}),
            slots.one(0) as accomplice,
        ):
            await accomplice.work()

            async def slowly() -> AsyncIterator[bytes]:
                yield body[:40]
                later.enter_context(clock.shifted(timedelta(minutes=5)))  # the rest is written only now
                yield body[40:]
                tasks.append(asyncio.create_task(free()))

            async def free() -> None:
                for _ in range(20):  # until the door waits
                    await asyncio.sleep(0)
                later.enter_context(clock.shifted(timedelta(minutes=20)))  # and all that time git was busy
                accomplice.give()

            assert b"ok refs/heads/main" in await hand_made.post(door, repository, header, slowly())

    begun = clock.now()
    with ExitStack() as later:
        asyncio.run(scene(later))
    assert timedelta(minutes=5) <= moments[0] - begun < timedelta(minutes=10)
