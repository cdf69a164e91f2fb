"""When the course's files change, the terms in force stay until an instructor has seen who gains and who loses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.policy import LatePolicy
from kafedra.policy.scheme import Automat
from kafedra.web.adjustments import services as adjustments
from kafedra.web.people.models import User
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.runs.services import ensure_runs
from kafedra.web.standings.selectors import standing_for

ADDRESS = "/2023/terms/"
Change = Callable[..., None]


def started() -> None:
    """The server starts."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        ensure_runs()


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Change]:
    """The server is started, then its files are changed and it is started again."""
    started()

    def changed(*, days: int = 0, percent: str = "10", threshold: str = "6") -> None:
        known = course.written()
        model = known.runs["2023"]
        moved = [
            replace(one, deadline=one.deadline + timedelta(days=days) if one.deadline else None)
            for one in model.homework
        ]
        late = LatePolicy(Decimal(percent), Decimal(30))
        automat = Automat(f"O_hw >= {threshold}", "10 / most(homework) * O_hw")
        formula = replace(model.formula, automat=automat)
        run_of_files = replace(model, homework=tuple(moved), late=late, formula=formula)
        files = replace(known, runs={**known.runs, "2023": run_of_files})
        monkeypatch.setattr(course, "written", lambda: files)
        started()

    yield changed
    monkeypatch.undo()
    terms.hold({})


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def apply(page: Client):  # type: ignore[no-untyped-def]  # Django's test response
    shown = re.search(r'name="shown" value="(\w+)"', page.get(ADDRESS).content.decode())
    assert shown
    with TestCase.captureOnCommitCallbacks(execute=True):
        return page.post(ADDRESS, {"shown": shown[1]})


def homework(student: User, run: Run) -> Decimal:
    return standing_for(student, run).standing.homework


def test_terms_survive_being_stored(run: Run) -> None:
    in_force = terms.in_force("2023")
    assert terms.from_json(terms.as_json(in_force)) == in_force


def test_nothing_changed_nothing_said(page: Client, change: Change) -> None:
    assert "New terms" not in text(page.get("/2023/gradebook/"))
    assert "What the files of the course say is in force." in text(page.get(ADDRESS))


def test_an_earlier_deadline_moves_nothing_before_it_is_applied(
    page: Client, run: Run, student: User, signed_in: SignIn, change: Change
) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW - timedelta(days=3))
    change(days=-3)
    assert "They count once you apply them" in text(page.get("/2023/gradebook/"))
    assert "They count once you apply them" in text(page.get("/2023/"))
    words = text(page.get(ADDRESS))
    assert "Activation functions, deadline 30 January, 23:59 → 27 January, 23:59" in words
    assert "1 student loses." in words
    assert "Анна Ахматова 1 0.8 −0.2" in words
    assert homework(student, run) == 1
    assert "deadline 30 January, 23:59" in text(signed_in(student).get("/2023/assignments/activations/"))

    assert apply(page)["Location"] == "/2023/gradebook/"
    assert homework(student, run) == Decimal("0.8")
    assert "deadline 27 January, 23:59" in text(signed_in(student).get("/2023/assignments/activations/"))
    assert "They count once you apply them" not in text(page.get("/2023/gradebook/"))
    assert "new terms applied" in text(page.get("/2023/record/"))


def test_students_are_told_what_it_moved_for_them(
    page: Client, run: Run, student: User, signed_in: SignIn, change: Change
) -> None:
    User.objects.filter(pk=student.pk).update(email="anna@example.org", language="en")
    factories.graded(factories.repository(student, run), "1", factories.NOW - timedelta(days=3))
    change(days=-3)
    apply(page)
    words = text(signed_in(student).get("/news/"))
    assert "the deadline has moved to 27 January, 23:59" in words
    assert "The terms have changed: your points for homework were 1, now 0.8." in words
    assert "Batch normalisation" not in words, "not issued yet"
    assert any("the deadline has moved to 27 January" in letter.subject for letter in mail.outbox)


def test_who_has_a_later_deadline_of_their_own_hears_nothing(
    page: Client, run: Run, student: User, instructor: User, signed_in: SignIn, change: Change
) -> None:
    until = factories.NOW + timedelta(days=30)
    grant = adjustments.Grant(("activations", "weight-init", "dropout", "optimization"), until, None, "flu")
    adjustments.extend(run=run, students=[student], grant=grant, by=instructor)
    change(days=2)
    apply(page)
    assert "has moved" not in text(signed_in(student).get("/news/"))


def test_a_milder_penalty_shows_the_gainers_and_counts_when_applied(
    page: Client, run: Run, student: User, change: Change
) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW)
    change(percent="5")
    words = text(page.get(ADDRESS))
    assert "per cent a day 10 → 5" in words
    assert "Анна Ахматова 0.8 0.9 +0.1" in words
    assert homework(student, run) == Decimal("0.8")
    apply(page)
    assert homework(student, run) == Decimal("0.9")


def test_who_gains_and_who_loses_is_found_in_as_many_queries_for_more_students(
    page: Client, run: Run, change: Change
) -> None:
    change(percent="5")

    def shown(more: int) -> tuple[int, int]:
        for _ in range(more):
            late = factories.NOW - timedelta(days=1)
            factories.graded(factories.repository(factories.person(run=run), run), "1", late)
        page.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            found = page.get(ADDRESS)
        return len(queries), found.content.decode().count("person")

    (few, one), (many, four) = shown(1), shown(3)
    assert (few, four - one) == (many, 3)


def test_the_automat_begins_where_it_did_until_the_new_threshold_is_applied(
    page: Client, student: User, signed_in: SignIn, change: Change
) -> None:
    change(threshold="3")
    mine = signed_in(student)
    assert "begins at 6" in text(mine.get("/2023/grades/"))
    apply(page)
    assert "begins at 3" in text(mine.get("/2023/grades/"))


def test_what_was_applied_is_in_force_after_a_restart_too(
    page: Client, run: Run, student: User, change: Change
) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW)
    change(percent="5")
    apply(page)
    change(percent="20")
    terms.hold({})  # the memory of a process that has ended
    started()
    assert homework(student, run) == Decimal("0.9")


def test_a_page_shown_before_the_files_changed_again_applies_nothing(
    page: Client, run: Run, student: User, change: Change
) -> None:
    factories.graded(factories.repository(student, run), "1", factories.NOW)
    change(percent="5")
    shown = re.search(r'name="shown" value="(\w+)"', page.get(ADDRESS).content.decode())
    assert shown
    change(percent="20")
    told = page.post(ADDRESS, {"shown": shown[1]}, follow=True)
    assert "Nothing is applied: look again." in text(told)
    assert "per cent a day 10 → 20" in text(told)
    assert AcceptedTerms.objects.count() == len(course.written().runs)


def test_applying_twice_is_applying_once(page: Client, run: Run, change: Change) -> None:
    change(percent="5")
    apply(page)
    kept = AcceptedTerms.objects.filter(run=run).count()
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.post(ADDRESS, {"shown": "stale"})
    assert AcceptedTerms.objects.filter(run=run).count() == kept == 2


def test_a_new_assignment_counts_at_once(
    page: Client, run: Run, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    known = course.written()
    model = known.runs["2023"]
    first, *others = model.homework
    less = replace(model, homework=(replace(first, assignments=first.assignments[:1]), *others))
    AcceptedTerms.objects.filter(run=run).delete()
    monkeypatch.setattr(course, "written", lambda: replace(known, runs={**known.runs, "2023": less}))
    started()
    monkeypatch.setattr(course, "written", lambda: known)
    started()
    assert [one.slug for one in terms.in_force("2023").assignments[:2]] == ["activations", "weight-init"]
    assert "They count once you apply them" not in text(page.get("/2023/gradebook/"))


def test_an_assistant_is_not_asked(assistant: User, signed_in: SignIn, change: Change) -> None:
    change(days=1)
    assert "once you apply" not in text(signed_in(assistant).get("/2023/gradebook/"))


def test_restarting_the_server_accepts_nothing(run: Run, change: Change) -> None:
    change(days=1)
    started()
    assert AcceptedTerms.objects.filter(run=run).count() == 1
