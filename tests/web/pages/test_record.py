"""The record on pages: instructors search it, everybody reads what concerns them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.policy import LatePolicy
from kafedra.web import clock
from kafedra.web.adjustments import services as adjustments
from kafedra.web.pages.record.selectors import PAGE
from kafedra.web.people import services as people
from kafedra.web.people.members.services import belonging
from kafedra.web.people.models import Role, User
from kafedra.web.record.models import Entry
from kafedra.web.runs import terms
from kafedra.web.runs.models import AcceptedTerms, Run
from kafedra.web.terms.services import accept

ADDRESS = "/2023/record/"


@pytest.fixture
def page(instructor: User, signed_in: SignIn) -> Client:
    return signed_in(instructor)


def test_a_line_says_who_what_and_from_what_to_what(page: Client, run: Run, student: User, instructor: User) -> None:
    belonging.change_group(membership=student.memberships.get(), group="231", by=instructor)
    belonging.change_group(membership=student.memberships.get(), group="232", by=instructor)
    assert "Осип Мандельштам group changed anna group: 231 → 232" in text(page.get(ADDRESS))


@pytest.mark.parametrize("query", [{"q": "АХМАТ"}, {"q": "anna"}, {"person": "Anna"}])
def test_words_and_logins_find_lines(page: Client, run: Run, student: User, query: dict[str, str]) -> None:
    factories.person("boris", "Борис Пастернак", run=run)
    found = text(page.get(ADDRESS, query))
    assert "joined the run anna" in found
    assert "boris" not in found


@pytest.mark.parametrize(
    "query",
    [
        {"q": "Функции активации"},
        {"q": "activation functions"},
        {"q": "points set by hand"},
        {"q": "БАЛЛЫ вручную анна"},
        {"q": "еще один шанс"},
        {"person": "анна"},
        {"person": "Ахматова Анна"},
    ],
)
def test_what_the_page_shows_is_found(
    page: Client, run: Run, student: User, other_student: User, instructor: User, query: dict[str, str]
) -> None:
    for one, slug, reason in ((student, "activations", "ещё один шанс"), (other_student, "dropout", "грипп")):
        adjustments.set_points(
            run=run, student=one, assignment=slug, points=Decimal("0.5"), reason=reason, by=instructor
        )
    found = text(page.get(ADDRESS, query))
    assert "points set by hand Activation functions · anna points: 0.5" in found
    if query != {"q": "points set by hand"}:
        assert "points set by hand Dropout" not in found


def test_a_login_means_one_person(page: Client, run: Run, student: User) -> None:
    factories.person("joanna", "Джоанна", run=run)
    found = text(page.get(ADDRESS, {"person": "anna"}))
    assert "joined the run anna" in found
    assert "joanna" not in found


def test_new_terms_are_read_line_by_line(page: Client, run: Run, instructor: User) -> None:
    now = terms.in_force("2023")
    first, *others = now.assignments
    moved = replace(first, deadline=first.deadline + timedelta(days=7), max_points=Decimal(2))
    before = replace(now, assignments=(moved, *others), late=LatePolicy(Decimal(5), Decimal(30)))
    AcceptedTerms.objects.create(run=run, terms=terms.as_json(before))
    accept(run=run, by=instructor)
    found = text(page.get(ADDRESS))
    assert "Activation functions: 2 points, 6 February, 23:59 → 1 point, 30 January, 23:59" in found
    assert "per cent a day: 5 → 10" in found
    assert "2023-01-30T" not in found


def test_dates_are_days_of_the_course(page: Client, run: Run, student: User) -> None:
    with clock.shifted(timedelta(days=3)):
        factories.person("late", run=run)
    assert "anna" not in text(page.get(ADDRESS, {"since": "2023-02-03"}))
    assert "late" in text(page.get(ADDRESS, {"since": "2023-02-04", "until": "2023-02-04"}))
    assert "late" not in text(page.get(ADDRESS, {"until": "2023-02-03"}))
    assert page.get(ADDRESS, {"since": "yesterday", "before": "x"}).status_code == 200
    assert "late" in text(page.get(ADDRESS, {"since": "0001-01-01", "until": "9999-12-31"}))


def test_an_object_has_a_history_of_its_own(page: Client, run: Run, student: User) -> None:
    submission = factories.graded(factories.repository(student, run), "0.35")
    words = text(page.get(ADDRESS, {"about": f"submission:{submission.pk}", "server": "on"}))
    assert "pushed Activation functions · anna" in words
    assert "server graded Activation functions · anna points: 0.35" in words
    assert "joined" not in words


def test_what_the_server_does_is_shown_when_asked_for(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.35")
    assert "grading started" not in text(page.get(ADDRESS))
    assert "grading started" in text(page.get(ADDRESS, {"server": "on"}))


def test_a_long_record_has_pages_and_the_same_number_of_queries(page: Client, run: Run, student: User) -> None:
    with CaptureQueriesContext(connection) as short:
        page.get(ADDRESS)
    for number in range(PAGE + 5):
        people.invite(run=run, role=Role.STUDENT, created_by=student, note=f"note {number}")
    with CaptureQueriesContext(connection) as long:
        first = page.get(ADDRESS, {"q": "note"})
    assert len(long) == len(short)
    older = page.get(f"{ADDRESS}?{first.context['older']}")
    assert f"note {PAGE + 4}" in text(first)
    assert "note 0" in text(older)
    assert older.context["older"] == ""


def test_another_runs_record_is_not_in_it(page: Client, run: Run) -> None:
    factories.person("stranger", run=Run.objects.create(slug="2022"))
    assert "stranger" not in text(page.get(ADDRESS))


def test_a_student_reads_what_concerns_them_and_nothing_else(
    run: Run, student: User, other_student: User, signed_in: SignIn
) -> None:
    for one, points in ((student, "0.35"), (other_student, "0.85")):
        factories.graded(factories.repository(one, run), points)
    words = text(signed_in(student).get("/account/record/"))
    assert "graded Activation functions · anna points: 0.35" in words
    assert "0.85" not in words
    assert "boris" not in words
    assert "grading started" not in words


def test_the_points_alone_are_what_moved_them(run: Run, student: User, signed_in: SignIn) -> None:
    factories.graded(factories.repository(student, run), "0.35")
    words = text(signed_in(student).get("/account/record/", {"only": "points"}))
    assert "graded Activation functions · anna points: 0.35" in words
    assert "pushed" not in words
    assert "account created" not in words
    assert "pushed" in text(signed_in(student).get("/account/record/"))


def test_what_people_typed_stays_text(page: Client, run: Run, instructor: User) -> None:
    hostile = "<script>alert(1)</script>"
    people.invite(run=run, role=Role.STUDENT, created_by=instructor, note=hostile)
    source = page.get(ADDRESS, {"q": hostile}).content.decode()
    assert "<script>alert" not in source
    assert "&lt;script&gt;" in source


def test_a_verb_that_is_known_no_longer_is_still_shown(page: Client, run: Run, instructor: User) -> None:
    Entry.objects.create(who=instructor, run=run, verb="old.verb", kind="", object_id="", label="", text="")
    assert "old.verb" in text(page.get(ADDRESS))
