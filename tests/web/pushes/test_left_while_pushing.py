"""Whoever is taken out of the run while a push of theirs is on its way: it isn't taken."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from tests.web.reviews import works

from kafedra.web import clock
from kafedra.web.git.command import git
from kafedra.web.git.references import MAIN
from kafedra.web.people.members.services.leaving import remove
from kafedra.web.people.models import User
from kafedra.web.pushes.listener import HookCall
from kafedra.web.pushes.pushes import Push
from kafedra.web.pushes.receive import Reception
from kafedra.web.pushes.rules import Update
from kafedra.web.pushes.slots import Slot
from kafedra.web.runs.models import Run
from kafedra.web.submissions.storage import repository_path


@pytest.mark.django_db(transaction=True)
def test_a_push_on_its_way_is_refused(run: Run, student: User, instructor: User) -> None:
    repository = works.work(student, run)
    path = repository_path(repository)
    start = git(["rev-parse", "main"], repository=path).decode().strip()
    call = HookCall((Update(start, start, MAIN),), {})

    async def arrives() -> tuple[int, str]:
        said: list[str] = []

        async def say(text: str) -> None:
            said.append(text)

        slot = Slot()
        push = Push(repository.pk, path, "en", asyncio.Lock(), slot, clock.now())
        return await Reception(cast("Any", None)).before(push, call, say), " ".join("".join(said).split())

    assert asyncio.run(arrives()) == (0, "")
    remove(membership=student.memberships.get(), by=instructor, why="left")
    code, words = asyncio.run(arrives())
    assert code == 1
    assert "You don't belong to this run any more" in words
