"""What students and staff do with feedback, through the pages. In the tests' winter the form of topic 3 is open."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from django.test import Client
from tests.web import factories

from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.surveys.services import keep_time

TOPIC = 3
FORM = "/2023/feedback/3/"
RESULTS = "/2023/feedback/3/results/"
# The class was on 31 January; the next one is on 5 February.
REMINDED = datetime(2023, 2, 1, 15, 1, tzinfo=UTC)
CLOSED = datetime(2023, 2, 4, 15, 1, tzinfo=UTC)
MIDNIGHT = datetime(2023, 2, 4, 23, 0, tzinfo=UTC)


def at(moment: datetime) -> AbstractContextManager[None]:
    """As if it were `moment`."""
    return clock.shifted(moment - clock.now())


def answer(student: User, *, unclear: str = "", clear: int | None = None, topic: int = TOPIC) -> Client:
    """Fill in the form and send it; returns the student's browser."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(student)
    filled = {"words-unclear": unclear} | ({"scale-clear": str(clear)} if clear else {})
    sent = client.post(f"/2023/feedback/{topic}/", filled)
    assert sent.status_code == 302, sent.content.decode()
    return client


def students(run: Run, number: int) -> list[User]:
    """New students of the run."""
    return [factories.person(run=run) for _ in range(number)]


def everybody_answers(people: Iterable[User]) -> list[str]:
    """Each writes something of their own; returns what they wrote, in the order of the people."""
    written = []
    for person in people:
        written.append(f"the word of {person.pk * 7919 % 1000:03d}")
        answer(person, unclear=written[-1], clear=1 + person.pk % 5)
    return written


def open_boxes() -> None:
    """What the server does a minute after the form has closed."""
    with at(CLOSED):
        keep_time()
