"""Where the new app is seen: run with its settings, by `test_new_app`. Nothing in another app knows of it."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

from django.core import mail
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from tests.web.colloquium.app import answers, services
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.frame.doors import Message
from kafedra.web.outbox.postman import CHORES, Postman
from kafedra.web.people.models import Membership, User
from kafedra.web.runs.models import Run
from kafedra.web.serving.application import Application
from kafedra.web.serving.checkup import examine
from kafedra.web.standings.selectors import standing_for


def held(run: Run, student: User, instructor: User) -> None:
    services.hold(run=run, student=student, topic="momentum", mark=Decimal(8), by=instructor)


def test_it_has_its_place_in_the_header_and_on_the_first_page(run: Run, student: User, signed_in: SignIn) -> None:
    page = signed_in(student).get("/2023/").content.decode()
    assert page.index("Course</a>") < page.index('href="/2023/talks/"') < page.index("<main")
    assert page.index("Анна Ахматова talks next.") < page.index("What is due")


def test_its_mark_is_part_of_the_grade(run: Run, student: User, instructor: User) -> None:
    assert standing_for(student, run).standing.grade.components["exam"] is None
    held(run, student, instructor)
    assert standing_for(student, run).standing.grade.components["exam"] == 8


def test_what_it_does_is_recorded_and_told(run: Run, student: User, instructor: User, signed_in: SignIn) -> None:
    student.email = "anna@example.org"
    student.save()
    with TestCase.captureOnCommitCallbacks(execute=True):
        held(run, student, instructor)
    reader = signed_in(student)
    assert "Your talk: 8." in text(reader.get("/news/"))
    assert "Your talk: 8" in mail.outbox[0].subject
    assert "A talk of mine was marked" in text(reader.get("/account/notices/"))
    recorded = text(reader.get("/account/record/?only=points"))
    assert "talk held" in recorded
    assert "topic of the talk" in recorded
    found = text(signed_in(instructor).get("/2023/record/", {"q": "talk held"}))
    assert "momentum" in found


def test_a_switch_of_its_own_is_obeyed(run: Run, student: User, instructor: User, signed_in: SignIn) -> None:
    signed_in(student).post("/account/notices/", {"review-page": "on"})
    held(run, student, instructor)
    assert "Your talk" not in text(signed_in(student).get("/news/"))


def test_it_speaks_when_somebody_leaves(run: Run, student: User, instructor: User, signed_in: SignIn) -> None:
    held(run, student, instructor)
    page: Client = signed_in(instructor)
    address = reverse("people:remove_member", args=["2023", Membership.objects.get(user=student).pk])
    asked = text(page.post(address, {"why": "dropped out"}))
    assert "1 talk" in asked
    assert "the right to talk" in asked
    done = page.post(address, {"why": "dropped out", "confirm": "yes"}, follow=True)
    assert "Nobody talks with them any more." in text(done)


def test_the_doctor_looks_at_what_it_needs() -> None:
    assert ("chalk", "buy some") in [(one.what, one.remedy) for one in examine()]


def test_its_chore_is_done() -> None:
    chore = CHORES()["colloquium"]
    answers.looked.clear()
    chore.act()
    assert answers.looked == ["now"]


class Nobody:
    """An executor that grades nothing."""

    def close(self) -> None: ...


async def pages(scope: Message, receive: object, send: object) -> None:
    raise AssertionError("its door is past the pages")


def test_what_stays_open_ends_when_the_server_stops(tmp_path: Path) -> None:
    server = Application(pages, Nobody(), Postman(), tmp_path)  # type: ignore[arg-type]  # it is never asked to grade
    told: list[Message] = []

    async def opened() -> None:
        begun = asyncio.Event()

        async def send(message: Message) -> None:
            told.append(message)
            if message.get("body") == b"open":
                begun.set()

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "path": "/colloquium-live/now", "headers": []}
        answer = asyncio.create_task(server(scope, receive, send))
        await begun.wait()
        server.close()
        await asyncio.wait_for(answer, 20)

    asyncio.run(opened())
    assert [message.get("body") for message in told] == [None, b"open", b", over"]


def test_its_table_follows_from_its_migrations(db: None) -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
