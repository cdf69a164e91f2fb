"""Who carries letters, and what the doctor says of those that can not leave."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.web.outbox.letters import put, states
from tests.web.post_office import PostOffice

from kafedra.web import clock
from kafedra.web.frame.doctor import Finding, Health
from kafedra.web.outbox.delivery import Deliverer
from kafedra.web.outbox.doctor import letters
from kafedra.web.outbox.postman import Chore, Postman
from kafedra.web.runs.models import Run


def letters_found() -> Finding:
    (found,) = letters()
    return found


def test_the_doctor_tells_of_letters_that_can_not_leave(run: Run, office: PostOffice) -> None:
    put()
    assert letters_found().health is Health.OK
    Deliverer().deliver()
    with clock.shifted(timedelta(minutes=6)):
        found = letters_found()
    assert found.health is Health.WARN
    assert f"127.0.0.1:{office.port}, 1 waiting, 0 failed" in found.detail
    assert "ConnectionRefusedError" in found.detail


@pytest.fixture
def hired(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Postman]]:
    """Postmen that go home after the test."""
    monkeypatch.undo()  # the bell rings in earnest
    found: list[Postman] = []
    yield found
    for postman in found:
        postman.drain(10)


@pytest.mark.django_db(transaction=True)
def test_the_postman_comes_when_the_bell_rings(office: PostOffice, hired: list[Postman]) -> None:
    postman = Postman(look=3600)
    hired.append(postman)
    with office.opened():
        postman.start()
        put()
        assert office.arrived.wait(90)
        postman.drain(10)
    assert states() == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_a_chore_that_fails_stops_nothing(office: PostOffice, hired: list[Postman], caplog) -> None:  # type: ignore[no-untyped-def]
    did = threading.Event()

    def broken() -> None:
        raise RuntimeError("no paper")

    postman = Postman([Chore("broken", 3600, broken), Chore("sound", 3600, did.set)], look=3600)
    hired.append(postman)
    put()
    with office.opened():
        postman.start()
        assert did.wait(90)
        assert office.arrived.wait(90)
        postman.drain(10)
    assert "broken: failed" in caplog.text
