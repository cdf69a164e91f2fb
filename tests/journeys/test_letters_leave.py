"""The mail server is down, then the server is killed: in the end each letter is there, once."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.journeys.browser import Browser, text_of
from tests.journeys.conftest import Begun
from tests.journeys.server import OPEN_RUN, Server, eventually
from tests.journeys.student import Student
from tests.web.post_office import PostOffice

SMALL = True
AT_ONCE_SECONDS = 20  # far less than any pause between two attempts


@pytest.fixture
def office() -> PostOffice:
    """A mail server with an address of its own; it is down until a test opens it."""
    found = PostOffice()
    with found.opened():
        pass
    return found


@pytest.fixture
def server(tmp_path: Path, course: Path, begun: Begun, office: PostOffice) -> Iterator[Server]:
    running = Server(tmp_path / "data", course, begun=begun(course), KAFEDRA_MAIL_URL=f"smtp://127.0.0.1:{office.port}")
    running.start()
    yield running
    if running.process.poll() is None:
        assert running.stop() in (0, -15)


def link_in(office: PostOffice, number: int) -> str:
    found = re.search(r"http://\S+", office.letters[number].get_payload(decode=True).decode())
    assert found
    return found[0]


def finding(server: Server, what: str) -> dict[str, str]:
    return next(one for one in json.loads(server.run("doctor", "--json").stdout) if one["what"] == what)


def test_letters_outlive_an_outage_and_a_kill(server: Server, office: PostOffice) -> None:
    student = Student(server, "anna")
    teacher = Student(server, "osip", role="instructor")
    student.browser.submit("/account/email/", "/account/", email="anna@example.org")
    eventually(lambda: "следующая" in text_of(teacher.browser.get(f"/{OPEN_RUN}/letters/")))
    server.stop(signal.SIGKILL)
    assert "1 waiting, 0 failed" in finding(server, "letters")["detail"]

    with office.opened():
        server.start()
        eventually(lambda: bool(office.letters))
        student.browser.submit(link_in(office, 0))
        assert "anna@example.org" in student.browser.get("/account/")

        asked_at = datetime.now(UTC)
        Browser(server.base_url).submit("/sign-in/link/", email="anna@example.org")
        eventually(lambda: len(office.letters) == 2, AT_ONCE_SECONDS)
        assert (datetime.now(UTC) - asked_at).total_seconds() < AT_ONCE_SECONDS
        assert "Анна" not in text_of(Browser(server.base_url).get(link_in(office, 1))), "looking uses nothing up"

        eventually(lambda: "2 письма" in text_of(teacher.browser.get(f"/{OPEN_RUN}/letters/?state=sent")))
        assert server.stop() in (0, -15)
    assert office.recipients == ["anna@example.org", "anna@example.org"]
    assert len({letter["Message-ID"] for letter in office.letters}) == 2
