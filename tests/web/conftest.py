"""A run, people in it, and the moment at which the tests take place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation
from tests.web import factories

from kafedra.web import clock
from kafedra.web.classroom.models import Run
from kafedra.web.notices.outbox import doorbell
from kafedra.web.notices.outbox.delivery import Deliverer
from kafedra.web.people.models import Role, User


@pytest.fixture(autouse=True)
def winter_2023() -> Iterator[None]:
    """The real run of 2023 is under way: two days after the deadline of homework 1."""
    with clock.shifted(factories.NOW - datetime.now(UTC)), translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def prompt_postman(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters leave as soon as the write is kept. How they wait in earnest is in test_letters."""
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
