"""What staff see first: what waits, who is stuck, what was not understood."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text

from kafedra.web.appeals import services as appeals
from kafedra.web.people.joining import services as joining
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

ADDRESS = "/2023/gradebook/overview/"


@pytest.fixture
def page(assistant: User, signed_in: SignIn) -> Client:
    return signed_in(assistant)


def pushes(student: User, run: Run, *points: str) -> list[Submission]:
    """One graded submission after another, the last one an hour ago."""
    repository = factories.repository(student, run)
    first = factories.NOW - timedelta(hours=len(points))
    return [factories.graded(repository, one, first + timedelta(hours=n)) for n, one in enumerate(points)]


def test_what_waits_is_counted_by_reason(page: Client, run: Run, student: User, other_student: User) -> None:
    factories.graded(factories.repository(student, run), "1")
    asked = factories.graded(factories.repository(other_student, run), "0.5")
    appeals.ask(submission=asked, test="test_edges.py::test_large", message="Look")
    response = page.get(ADDRESS)
    shown = text(response)
    assert 'href="/2023/inbox/?kind=test"' in response.content.decode()
    assert "not reviewed yet 1 a test to look at again 1 With me: 0 · Free: 2 · the oldest came in 6 days ago" in shown


def test_stuck_is_who_pushes_again_and_again_without_a_better_result(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    *_, newest = pushes(student, run, "0.2", "0.5", "0.5", "0.3")
    pushes(other_student, run, "0.2", "0.3", "0.5", "0.7")
    response = page.get(ADDRESS)
    assert "Анна Ахматова Activation functions · 2 submissions in vain, 1 hour ago 0.5 / 1" in text(response)
    assert f'href="/2023/submissions/{newest.pk}/"' in response.content.decode()
    assert "Борис Пастернак Activation functions" not in text(response)


def test_whoever_has_all_points_is_not_stuck(page: Client, run: Run, student: User) -> None:
    pushes(student, run, "1", "0.5", "0.5", "0.5")
    assert "Nobody has been pushing in vain lately." in text(page.get(ADDRESS))


def test_who_pushed_nothing_around_a_deadline_is_named(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    pushes(student, run, "1")
    shown = text(page.get(ADDRESS))
    assert "Activation functions, deadline 1 day ago: nothing from 1 student Борис Пастернак" in shown


def test_tests_are_named_that_most_fail_with_their_best_submission(
    page: Client, run: Run, student: User, other_student: User
) -> None:
    pushes(student, run, "0.5", "1")  # understood in the end
    (failing,) = pushes(other_student, run, "0.5")
    response = page.get(ADDRESS)
    shown = text(response).partition("What was not understood")[2]
    assert "Activation functions 2 students handed it in Большие значения не дают NaN Борис Пастернак 1" in shown
    assert "Анна" not in shown
    assert f'href="/2023/submissions/{failing.pk}/"' in response.content.decode()


def test_nobody_has_done_anything_yet(page: Client, run: Run) -> None:
    shown = text(page.get(ADDRESS))
    for words in ("Nothing waits", "Nobody has been pushing in vain", "Nothing was handed in in the last two weeks."):
        assert words in shown


def test_requests_to_join_are_the_instructors(page: Client, run: Run, instructor: User, signed_in: SignIn) -> None:
    joining.request_invitation(run=run, name="Фёдор Сологуб", group="", email="f@example.org", github="", language="ru")
    assert "1 request to join" in text(signed_in(instructor).get(ADDRESS))
    assert "to join" not in text(page.get(ADDRESS))


def test_the_gradebook_fetches_it_and_leads_to_it_without_scripts(page: Client, run: Run) -> None:
    whole = source(page.get("/2023/gradebook/"))
    assert f'hx-get="{ADDRESS}" hx-trigger="load"' in whole
    assert f'<a href="{ADDRESS}">' in whole
    fragment = page.get(ADDRESS, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'id="overview"' in fragment


def test_the_number_of_queries_does_not_depend_on_the_number_of_students(page: Client, run: Run) -> None:
    counts = []
    for more in (3, 30):
        for _ in range(more):
            pushes(factories.person(run=run), run, "0.5", "0.5", "0.5")
        with CaptureQueriesContext(connection) as queries:
            assert page.get(ADDRESS).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
