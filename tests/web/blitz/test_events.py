"""The stream of events: the whole state at once, again when something changes, an end when the server stops."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.web.blitz.played import a_blitz, answers, moved, right, seated

from kafedra.web.blitz import live
from kafedra.web.blitz.door import PRESENTER, door, live_address
from kafedra.web.blitz.models import Blitz
from kafedra.web.blitz.steps import Move, current_question
from kafedra.web.frame.closing import closing
from kafedra.web.frame.doors import Message
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

PATIENCE = 60
kept = pytest.mark.django_db(transaction=True)  # other threads read and write


@pytest.fixture
def blitz(run: Run, instructor: User) -> Blitz:
    return a_blitz(run, instructor)


class Told:
    """What the database would say, without one: streams are told of it from a thread."""

    def __init__(self) -> None:
        self.step, self.reads = 0, 0

    def __call__(self, _pk: int) -> tuple[live.State, live.State]:
        self.reads += 1
        return {"step": self.step}, {"votes": {}}


async def data(stream: AsyncIterator[bytes]) -> dict[str, Any]:
    """The next event that tells something."""
    async with asyncio.timeout(PATIENCE):
        async for part in stream:
            for line in part.decode().splitlines():
                if line.startswith("data: ") and (told := json.loads(line.removeprefix("data: "))):
                    return dict(told)
    raise AssertionError("the stream has ended")


def test_everybody_is_told_the_whole_state_and_told_again_when_it_changes() -> None:
    told = Told()

    async def watched() -> None:
        phone, wall = live.events(7, told, presenter=False), live.events(7, told, presenter=True)
        assert (await data(phone))["step"] == 0
        assert "votes" in await data(wall)
        told.step = 1
        live.changed(7)
        first, second = await asyncio.gather(data(phone), data(wall))
        assert first["step"] == second["step"] == 1
        assert "votes" not in first
        await phone.aclose()
        back = live.events(7, told, presenter=False)
        assert (await data(back))["step"] == 1
        await back.aclose()
        await wall.aclose()

    asyncio.run(watched())


def test_a_roomful_of_pages_costs_one_reading() -> None:
    told = Told()

    async def watched() -> None:
        streams = [live.events(8, told, presenter=False) for _page in range(50)]
        await asyncio.gather(*(data(stream) for stream in streams))
        assert told.reads < 10
        for stream in streams:
            await stream.aclose()

    asyncio.run(watched())


def test_pages_that_leave_while_all_are_told_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds listen, and in every moment some of them hear a beat, some go away and some come back."""
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr(live, "PAUSE_SECONDS", 0)
    told = Told()

    async def listens() -> None:
        async with contextlib.aclosing(live.events(12, told, presenter=False)) as stream:
            async for _part in stream:
                pass

    async def watched() -> None:
        pages = [asyncio.create_task(listens()) for _page in range(200)]
        for step in range(1, 16):
            told.step = step
            live.changed(12)
            for place in range(step % 3, len(pages), 3):
                pages[place].cancel()
                pages[place] = asyncio.create_task(listens())
            async with contextlib.aclosing(live.events(12, told, presenter=False)) as newcomer:
                while (await data(newcomer))["step"] < step:
                    pass
        assert not any(page.done() for page in pages)
        for page in pages:
            page.cancel()
        await asyncio.wait(pages)

    asyncio.run(watched())


def test_streams_end_when_the_server_stops() -> None:
    async def watched() -> list[bytes]:
        stream = live.events(9, Told(), presenter=False)
        await data(stream)
        closing.begin()
        try:
            async with asyncio.timeout(PATIENCE):
                return [part async for part in stream]
        finally:
            closing.over()

    assert all(b"data" not in part for part in asyncio.run(watched()))


def test_a_page_that_does_not_change_hears_that_the_line_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)

    async def watched() -> bytes:
        stream = live.events(10, Told(), presenter=False)
        await data(stream)
        async with asyncio.timeout(PATIENCE):
            beat = await anext(stream)
        await stream.aclose()
        return beat

    assert asyncio.run(watched()).startswith(b":")


def test_the_last_page_that_leaves_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PAUSE_SECONDS", 0)
    complaints = list[str]()

    def waits_for_a_change() -> bool:
        return any(getattr(task.get_coro(), "__qualname__", "") == "Event.wait" for task in asyncio.all_tasks())

    async def watched() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, about: complaints.append(about["message"]))
        stream = live.events(11, Told(), presenter=False)
        async with asyncio.timeout(PATIENCE):
            await data(stream)
            while not waits_for_a_change():
                await asyncio.sleep(0.01)
            await stream.aclose()
            while asyncio.all_tasks() - {asyncio.current_task()}:
                gc.collect()
                await asyncio.sleep(0.01)

    asyncio.run(watched())
    assert complaints == []


class Page:
    """One page at the door: what it sends, and what it is answered."""

    def __init__(self, address: str, what: str, fields: Mapping[str, str] | None = None) -> None:
        body = None if fields is None else urlencode(fields).encode()
        self.scope = {"type": "http", "method": "GET" if body is None else "POST", "path": address + what}
        self._body, self.said, self.gone = body or b"", list[Message](), asyncio.Event()
        self._read, self.told = False, asyncio.Event()

    async def receive(self) -> Message:
        if not self._read:
            self._read = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.said.append(message)
        if b"data: " in message.get("body", b""):
            self.told.set()

    @property
    def status(self) -> int:
        return int(self.said[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.said)


def opened(page: Page) -> Page:
    """The page after its answer has ended."""
    asyncio.run(asyncio.wait_for(door(page.scope, page.receive, page.send), PATIENCE))
    return page


def listening(address: str) -> tuple[Mapping[str, str], dict[str, Any]]:
    """What a page that listens is told first, before it goes away."""

    async def listened() -> Page:
        page = Page(address, "events")
        answering = asyncio.create_task(door(page.scope, page.receive, page.send))
        await asyncio.wait_for(page.told.wait(), PATIENCE)
        page.gone.set()
        await asyncio.wait_for(answering, PATIENCE)
        return page

    page = asyncio.run(listened())
    headers = {name.decode(): value.decode() for name, value in page.said[0]["headers"]}
    return headers, json.loads(page.body.decode().split("data: ")[1].split("\n")[0])


@kept
def test_no_proxy_keeps_events_back_and_a_phone_is_not_told_what_others_answered(blitz: Blitz) -> None:
    seat = seated(blitz, name="Ada")
    answers(blitz, seat, right(current_question(moved(blitz, Move.ASK))))
    headers, state = listening(live_address(blitz.pk, seat.pk))
    assert headers["x-accel-buffering"] == "no"
    assert "no-transform" in headers["cache-control"]
    assert headers["content-type"].startswith("text/event-stream")
    assert set(state) == {"step", "phase", "ends_at", "now"}
    _headers, state = listening(live_address(blitz.pk, PRESENTER))
    assert (state["answered"], state["people"], state["who"]) == (1, 1, [seat.pk])


@kept
def test_an_answer_at_the_door_is_on_the_disk_when_it_is_acknowledged(blitz: Blitz) -> None:
    seat = seated(blitz, name="Ada")
    question = current_question(moved(blitz, Move.ASK))
    fields = {"question": question.slug, "vote": "1", "given": right(question)[0]}
    for _twice in range(2):
        page = opened(Page(live_address(blitz.pk, seat.pk), "answer", fields))
        assert (page.status, json.loads(page.body)) == (200, {"state": "written"})
        assert [row.given for row in seat.answers.all()] == [right(question)]
    moved(blitz, Move.SHOW)
    assert json.loads(opened(Page(live_address(blitz.pk, seat.pk), "answer", fields)).body) == {"state": "late"}


@kept
def test_what_the_door_does_not_know_it_refuses(blitz: Blitz) -> None:
    seat = seated(blitz, name="Ada")
    mine, question = live_address(blitz.pk, seat.pk), current_question(moved(blitz, Move.ASK))
    fields = {"question": question.slug, "vote": "1", "given": right(question)[0]}
    assert opened(Page(mine[:-3] + "xx/", "answer", fields)).status == 404
    assert opened(Page(mine, "nothing")).status == 404
    assert opened(Page(live_address(blitz.pk, PRESENTER), "answer", fields)).status == 404
    assert opened(Page(mine, "answer", {**fields, "given": "no such option"})).status == 422
    assert opened(Page(mine, "answer", {**fields, "vote": "7"})).status == 422
    assert opened(Page(mine, "answer", {**fields, "given": "x" * 9000})).status == 413
    assert not seat.answers.exists()
