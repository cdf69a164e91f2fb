"""What changed between two submissions of one's own: the cells and the verdict."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text
from tests.web.reviews import works

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

ADDRESS = "/2023/assignments/activations/compare/"


@pytest.fixture
def pushes(run: Run, student: User) -> tuple[Submission, Submission]:
    repository = works.work(student, run)
    first = works.handed_in(repository, works.STARTER, points="0.35", at=factories.IN_TIME)
    return first, works.handed_in(repository, works.SOLVED, points="1", at=factories.NOW)


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def test_the_newest_two_are_compared(page: Client, pushes: tuple[Submission, Submission]) -> None:
    whole = page.get(ADDRESS).content.decode()
    assert "<ins>        return x * (x &gt; 0)</ins>" in whole
    assert "<del>    raise NotImplementedError</del>" in whole
    assert "2 cells are as before." in text(page.get(ADDRESS))


def test_any_two_are_compared(page: Client, pushes: tuple[Submission, Submission]) -> None:
    first, second = pushes
    backwards = page.get(ADDRESS, {"old": second.pk, "new": first.pk}).content.decode()
    assert "<ins>    raise NotImplementedError</ins>" in backwards
    assert "Nothing has changed." in text(page.get(ADDRESS, {"old": first.pk, "new": first.pk}))


def test_what_is_too_much_to_compare_is_shown_whole_and_the_page_says_so(page: Client, run: Run, student: User) -> None:
    repository = works.work(student, run)
    works.handed_in(repository, [works.code("a\n" * 600)], at=factories.IN_TIME)
    many = "".join(f"a\n{number}\n" for number in range(300))
    works.handed_in(repository, [works.code(many)], at=factories.NOW)
    assert "Not line by line" in text(page.get(ADDRESS))


def test_tests_that_ended_differently_are_listed(page: Client, pushes: tuple[Submission, Submission]) -> None:
    assert "failed → — Большие значения не дают NaN" in text(page.get(ADDRESS))


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 30])
def test_a_made_up_number_is_not_found(page: Client, pushes: tuple[Submission, Submission], number: str) -> None:
    assert page.get(ADDRESS, {"old": number}).status_code == 404


def test_nobody_compares_with_another_ones_work(
    page: Client,
    run: Run,
    other_student: User,
    assistant: User,
    signed_in: SignIn,
    pushes: tuple[Submission, Submission],
) -> None:
    theirs = works.handed_in(works.work(other_student, run), works.SOLVED, points="1", at=factories.NOW)
    assert page.get(ADDRESS, {"old": theirs.pk}).status_code == 404
    staff = signed_in(assistant)
    assert staff.get(ADDRESS, {"old": theirs.pk, "new": pushes[0].pk}).status_code == 404
    assert staff.get(ADDRESS, {"old": pushes[0].pk, "new": pushes[1].pk}).status_code == 200


def test_with_one_submission_there_is_nothing_to_compare(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run))
    assert page.get(ADDRESS).status_code == 404


def test_submissions_to_choose_from_are_known_by_tests_and_message(
    page: Client, pushes: tuple[Submission, Submission]
) -> None:
    found = source(page.get(ADDRESS))
    assert re.search(r">25 January, 20:30 · \w{7} · tests 1/2 · Work</option>", found)
