"""When the course's files change, an instructor sees who gains and who loses, and takes note of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.pages import text

from kafedra.policy import LatePolicy
from kafedra.web.classroom import course, services, terms
from kafedra.web.classroom.models import Run, TermsSeen
from kafedra.web.people.models import User

ADDRESS = "/2023/terms/"
Change = Callable[..., None]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch, run: Run) -> Change:
    """The server is started, then its files are changed and it is started again."""
    services.ensure_runs()

    def changed(*, days: int = 0, percent: str = "10") -> None:
        known = course.current()
        model = known.runs["2023"]
        moved = [
            replace(one, deadline=one.deadline + timedelta(days=days) if one.deadline else None)
            for one in model.homework
        ]
        runs = {**known.runs, "2023": replace(model, homework=tuple(moved))}
        late = LatePolicy(Decimal(percent), Decimal(30))
        monkeypatch.setattr(course, "current", lambda: replace(known, runs=runs, late=late))

    return changed


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def test_terms_survive_being_stored(run: Run) -> None:
    in_force = terms.in_force("2023")
    assert terms.from_json(terms.as_json(in_force)) == in_force


def test_nothing_changed_nothing_said(page: Client, change: Change) -> None:
    assert "files changed" not in text(page.get("/2023/gradebook/"))
    assert "Nothing has changed since the last look." in text(page.get(ADDRESS))


def test_an_earlier_deadline_shows_the_losers_until_somebody_takes_note(
    page: Client, run: Run, student: User, change: Change
) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW - timedelta(days=3))
    change(days=-3)
    assert "The course's files changed" in text(page.get("/2023/gradebook/"))
    words = text(page.get(ADDRESS))
    assert "Activation functions, deadline 30 January, 23:59 → 27 January, 23:59" in words
    assert "1 student loses." in words
    assert "Анна Ахматова 1 0.8 −0.2" in words
    assert page.post(ADDRESS)["Location"] == "/2023/gradebook/"
    assert "The course's files changed" not in text(page.get("/2023/gradebook/"))
    assert "deadline" in text(page.get("/2023/record/")) or "terms" in text(page.get("/2023/record/"))


def test_a_milder_penalty_shows_the_gainers(page: Client, run: Run, student: User, change: Change) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW)
    change(percent="5")
    words = text(page.get(ADDRESS))
    assert "per cent a day 10 → 5" in words
    assert "Анна Ахматова 0.8 0.9 +0.1" in words


def test_an_assistant_is_not_asked(assistant: User, signed_in: SignIn, change: Change) -> None:
    change(days=1)
    assert "files changed" not in text(signed_in(assistant).get("/2023/gradebook/"))


def test_restarting_the_server_takes_note_of_nothing(run: Run, change: Change) -> None:
    change(days=1)
    services.ensure_runs()
    assert TermsSeen.objects.filter(run=run).count() == 1
