"""What if: the grade that imagined points would make, with and without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import source, text

from kafedra.web.people.models import User
from kafedra.web.runs.models import Run

ADDRESS = "/2023/grades/"


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def imagined(page: Client, **points: str) -> str:
    return text(page.get(ADDRESS, {name.replace("_", "-"): value for name, value in points.items()}))


def test_imagined_points_make_a_grade(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    words = imagined(page, cv="4", nlp="2.5")
    assert "O hw = 0.85 + 4 + 2.5 = 7.35 automat O total = 10/14 · 7.35 = 5.25 5 in the record book" in words


def test_without_the_automat_an_imagined_exam_counts(page: Client, run: Run) -> None:
    words = imagined(page, cv="4", exam="8")
    assert "O hw = 4 2 short of the automat O total = 0.7 · 4 + 0.3 · 8 = 5.2 5 in the record book" in words


def test_nothing_imagined_is_how_it_is(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "0.85")
    assert "O hw = 0.85 5.15 short of the automat" in imagined(page)


def test_scripts_get_the_answer_alone(page: Client, run: Run) -> None:
    fragment = page.get(ADDRESS, {"cv": "4"}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="prospects"')
    assert "<html" not in fragment


@pytest.mark.parametrize(
    ("value", "words"),
    [("five", "Enter a number."), ("-1", "greater than or equal to 0"), ("5", "There are at most 4 points."),
     ("NaN", "Enter a number."), ("1e9", "at most 4 points"), ("3.99991", "no more than 4 decimal places")],
)  # fmt: skip
def test_what_cannot_be_is_explained_and_makes_no_grade(page: Client, run: Run, value: str, words: str) -> None:
    response = page.get(ADDRESS, {"cv": value})
    assert text(response).count(words) == 2, "under the field and in place of the grade"
    assert "short of the automat" not in text(response).split("Put right what is marked")[1].split("Assignments")[0]
    assert re.search(r'id="id_cv" [^>]*aria-describedby="id_cv_wrong" aria-invalid="true"', response.content.decode())


def test_what_the_penalty_has_taken_cannot_be_imagined(page: Client, run: Run, student: User) -> None:
    assert "At most 0.8 today: the deadline is over." in imagined(page, activations="1")
    assert "O hw = 0.8" in imagined(page, activations="0.8")
    factories.graded(factories.repository(student, run, "weight-init"), "0.79")
    assert "O hw = 0.8 " in imagined(page, **{"weight-init": "0.8"})


def test_scripts_get_what_is_wrong_beside_the_answer(page: Client, run: Run) -> None:
    fragment = source(page.get(ADDRESS, {"cv": "5"}, headers={"HX-Request": "true"}))
    assert '<p class="error" id="id_cv_wrong" hx-swap-oob="true">There are at most 4 points.</p>' in fragment
    assert '<p class="error" id="id_exam_wrong" hx-swap-oob="true"></p>' in fragment


def test_what_is_full_needs_no_imagination(page: Client, run: Run, student: User) -> None:
    factories.graded(factories.repository(student, run), "1")
    source = page.get(ADDRESS).content.decode()
    assert 'name="weight-init"' in source
    assert 'name="activations"' not in source


def test_how_much_of_the_rest_makes_the_automat(page: Client, run: Run, student: User) -> None:
    # Reachable today: homework 1 is two days late and worth 0.8 each, all the rest is not late.
    words = text(page.get(ADDRESS))
    assert "41.1 % of all that can still be earned makes the automat; at most 14.6 is within reach today." in words


def test_what_was_imagined_stays_in_the_form(page: Client, run: Run) -> None:
    source = page.get(ADDRESS, {"cv": "3.5"}).content.decode()
    assert 'id="id_cv" value="3.5"' in source


def test_in_russian_with_a_comma(run: Run, student: User) -> None:
    page = Client(headers={"accept-language": "ru"})
    page.force_login(student)
    assert "O hw = 3,5" in text(page.get(ADDRESS, {"cv": "3,5"}))


def test_the_deadlines_after_the_nearest_one_are_told(page: Client, run: Run) -> None:
    from kafedra.web import clock

    with clock.shifted(timedelta(days=-1.5)):
        factories.NOW  # noqa: B018  # 31 January: homework 2 is issued, its deadline is the nearest
        assert "What is due 7 February, 23:59" in text(page.get("/2023/"))
