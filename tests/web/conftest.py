"""A run, people in it, and the moment at which the tests take place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Page
from tests.web import browsing, factories
from tests.web.browsing import PATIENCE_MS, Enter

from kafedra.web import clock
from kafedra.web.outbox import doorbell
from kafedra.web.outbox.delivery import Deliverer
from kafedra.web.people.models import Role, User
from kafedra.web.runs.models import Run

# What PostgreSQL refuses and SQLite keeps: a text that is too long for its column, and U+0000 in any.
REFUSED = {
    "CharField": 'length("%(column)s") <= %(max_length)s AND instr("%(column)s", char(0)) = 0',
    "TextField": 'instr("%(column)s", char(0)) = 0',
    "JSONField": SQLite.data_type_check_constraints["JSONField"] + """ AND instr("%(column)s", '\\u0000') = 0""",
}
REFUSED["SlugField"] = REFUSED["FileField"] = REFUSED["CharField"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite is as strict as the database of a large server: each test is one of that too, as far as this goes."""
    before = SQLite.data_type_check_constraints
    SQLite.data_type_check_constraints = {**before, **REFUSED}
    yield
    SQLite.data_type_check_constraints = before


@pytest.fixture(autouse=True)
def winter_2023() -> Iterator[None]:
    """The real run of 2023 is under way: two days after the deadline of homework 1."""
    with clock.shifted(factories.NOW - datetime.now(UTC)), translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def prompt_postman(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters leave as soon as the write is kept. How they wait in earnest is in `outbox`."""
    monkeypatch.setattr(doorbell, "ring", lambda: Deliverer().deliver())


@pytest.fixture
def run(db: None) -> Run:
    """The run of 2023, as its file describes it."""
    return Run.objects.create(slug="2023")


@pytest.fixture
def student(run: Run) -> User:
    """A student of the run."""
    return factories.person("anna", "Анна Ахматова", run=run)


@pytest.fixture
def other_student(run: Run) -> User:
    """Another student of the same run."""
    return factories.person("boris", "Борис Пастернак", run=run)


@pytest.fixture
def assistant(run: Run) -> User:
    """An assistant of the run."""
    return factories.person("vera", "Вера Инбер", run=run, role=Role.ASSISTANT)


@pytest.fixture
def instructor(run: Run) -> User:
    """An instructor of the run."""
    return factories.person("osip", "Осип Мандельштам", run=run, role=Role.INSTRUCTOR)


class SignIn:
    """`signed_in(user)` is a client with that person's session, speaking English."""

    def __call__(self, user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client


@pytest.fixture
def signed_in() -> SignIn:
    return SignIn()


@pytest.fixture
def client() -> Client:
    """Somebody anonymous who speaks English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with browsing.running() as found:
        yield found


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of; a test that provokes complaints clears them."""
    return []


@pytest.fixture
def enter(browser: Browser, live_server, settings, complaints: list[str]) -> Iterator[Enter]:  # type: ignore[no-untyped-def]  # pytest-django's own objects
    """`enter(login, path)` signs in and opens a page; a complaint of the browser's fails the test."""
    settings.BASE_URL = live_server.url
    contexts = []

    def opened(login: str, path: str, width: int = 1280, theme: str = "light") -> Page:
        viewport = {"width": width, "height": 850}
        context = browser.new_context(viewport=viewport, base_url=live_server.url, locale="en-GB", color_scheme=theme)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/sign-in/")
        browsing.signs_in(page, login)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
