"""Pages take turns: one person's many requests leave the others theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from kafedra.web.frame import turn, whose
from kafedra.web.frame.doors import Message, Receive, Scope, Send
from kafedra.web.people.models import User
from kafedra.web.serving.lanes import OF_A_PERSON, OF_A_PLACE, InTurn, Line

SECONDS = 30


class Hall:
    """Pages that are made until they are let go; `working` names those in work, in the order in which they began."""

    def __init__(self, **limits: int) -> None:
        self.line, self.working, self.doors = Line(**limits), list[str](), dict[str, asyncio.Event]()
        self.pages = InTurn(self._page, self.line)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["type"] == "http.disconnect":
            return
        name = scope["path"]
        self.working.append(name)
        try:
            await self.doors.setdefault(name, asyncio.Event()).wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
        finally:
            self.working.remove(name)

    def ask(self, name: str, *, cookie: str = "", client: str = "10.0.0.1", method: str = "GET") -> Asked:
        return Asked(self, name, cookie, client, method)

    def let_go(self, name: str) -> None:
        self.doors.setdefault(name, asyncio.Event()).set()


class Asked:
    """One request, on its way; its client may go."""

    def __init__(self, hall: Hall, name: str, cookie: str, client: str, method: str) -> None:
        self._sent, self.gone, self.told = False, asyncio.Event(), list[Message]()
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())] if cookie else []
        scope = {"type": "http", "method": method, "path": name, "headers": headers, "client": (client, 1)}
        self.task = asyncio.create_task(hall.pages(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        if not self._sent:
            self._sent = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.told.append(message)


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0)


def played(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), SECONDS))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cookies of sessions: `anna` is Anna's, `boris` his; any other was made up."""
    monkeypatch.setattr("kafedra.web.serving.lanes.person_of", _person)


def _person(cookies: bytes) -> str:
    name = cookies.decode().rpartition("=")[2]
    return name if name in ("anna", "boris") else ""


def test_one_persons_hundred_leave_the_others_theirs(known: None) -> None:
    async def scene() -> None:
        hall = Hall()
        many = [hall.ask(f"a{number}", cookie="anna") for number in range(100)]
        await until(lambda: len(hall.working) == OF_A_PERSON and len(hall.line) == 100 - OF_A_PERSON)
        other = hall.ask("b", cookie="boris")
        await until(lambda: "b" in hall.working)
        assert hall.working[:OF_A_PERSON] == [f"a{number}" for number in range(OF_A_PERSON)]
        for name in ("b", *(f"a{number}" for number in range(100))):
            hall.let_go(name)
        await asyncio.gather(other.task, *(one.task for one in many))
        assert all(one.told[0]["status"] == 200 for one in (other, *many))

    played(scene)


def test_cookies_that_were_made_up_take_no_more_than_the_place_they_come_from(known: None) -> None:
    async def scene() -> None:
        hall = Hall()
        many = [hall.ask(f"a{number}", cookie=f"made-up-{number}") for number in range(100)]
        await until(lambda: len(hall.working) == OF_A_PLACE and len(hall.line) == 100 - OF_A_PLACE)
        elsewhere, signed_in = hall.ask("c", client="10.0.0.2"), hall.ask("b", cookie="boris")
        await until(lambda: {"b", "c"} <= set(hall.working))
        for one in (*many, elsewhere, signed_in):
            one.gone.set()
        await until(lambda: len(hall.line) == 0)
        for name in list(hall.working):
            hall.let_go(name)
        await asyncio.gather(*(one.task for one in (*many, elsewhere, signed_in)))

    played(scene)


def test_guesses_at_passwords_from_an_address_keep_no_page_from_those_who_look_from_there(known: None) -> None:
    async def scene() -> None:
        hall = Hall()
        guesses = [hall.ask(f"a{number}", method="POST") for number in range(50)]
        await until(lambda: len(hall.working) == OF_A_PLACE and len(hall.line) == 50 - OF_A_PLACE)
        looks = hall.ask("b")
        await until(lambda: "b" in hall.working)
        for name in ("b", *(f"a{number}" for number in range(50))):
            hall.let_go(name)
        await asyncio.gather(looks.task, *(one.task for one in guesses))

    played(scene)


def test_where_all_turns_are_taken_they_go_round(known: None) -> None:
    async def scene() -> None:
        hall = Hall(of_a_person=1, of_a_place=1, in_all=1)
        first = hall.ask("a0", cookie="anna")
        await until(lambda: hall.working == ["a0"])
        rest = [hall.ask(f"a{number}", cookie="anna") for number in (1, 2)]
        await until(lambda: len(hall.line) == 2)
        other = hall.ask("b0", cookie="boris")
        await until(lambda: len(hall.line) == 3)
        began = []
        for _ in range(4):
            await until(lambda: len(hall.working) == 1)
            began.append(hall.working[0])
            hall.let_go(began[-1])
            await until(lambda: began[-1] not in hall.working)
        assert began == ["a0", "a1", "b0", "a2"]
        await asyncio.gather(first.task, other.task, *(one.task for one in rest))

    played(scene)


def test_who_goes_while_waiting_leaves_nothing_behind(known: None) -> None:
    async def scene() -> None:
        hall = Hall()
        many = [hall.ask(f"a{number}", cookie="anna") for number in range(50)]
        await until(lambda: len(hall.line) == 50 - OF_A_PERSON)
        for one in many[OF_A_PERSON:]:
            one.gone.set()
        await asyncio.gather(*(one.task for one in many[OF_A_PERSON:]))
        assert len(hall.line) == 0
        for number in range(OF_A_PERSON):
            hall.let_go(f"a{number}")
        await asyncio.gather(*(one.task for one in many))

    played(scene)


def test_a_turn_lasts_as_long_as_a_thread_works_for_it_whether_its_client_waits_or_not() -> None:
    async def scene() -> None:
        ended = list[None]()
        mine = turn.Turn(lambda: ended.append(None))

        def page(_request: HttpRequest) -> HttpResponse:
            loop.call_soon_threadsafe(mine.gone)  # the client has gone, and the thread goes on
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(SECONDS)
            assert not ended
            return HttpResponse()

        request = HttpRequest()
        request.scope = {turn.SCOPE: mine}  # type: ignore[attr-defined]  # as Django's own for ASGI has it
        loop = asyncio.get_running_loop()
        await asyncio.to_thread(turn.middleware(page), request)
        await until(lambda: bool(ended))

    played(scene)


def test_a_session_is_known_by_its_cookie_and_a_made_up_one_is_nobodys(student: User, client: Client) -> None:
    client.force_login(student)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    client.get("/account/")
    assert whose.person_of(cookie.encode()) == str(student.pk)
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    stranger.get("/account/")
    assert not whose.person_of(f"{settings.SESSION_COOKIE_NAME}={'a' * 32}".encode())
