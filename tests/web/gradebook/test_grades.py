"""My grades: the formula in one's own numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.reviews import works

from kafedra.web.adjustments import services as adjustments
from kafedra.web.people.models import User
from kafedra.web.reviews.services import drafts, publishing
from kafedra.web.runs.models import Run


@pytest.fixture
def page(student: User, signed_in: SignIn) -> Client:
    return signed_in(student)


def hand_in(student: User, run: Run, **points: str) -> None:
    for slug, earned in points.items():
        factories.graded(factories.repository(student, run, slug.replace("_", "-")), earned, most=earned)


def test_before_the_automat(page: Client, run: Run, student: User) -> None:
    hand_in(student, run, activations="0.35", dropout="1")
    words = text(page.get("/2023/grades/"))
    assert "O hw = 0.35 + 1 = 1.35 O total = 0.7 · 1.35 + 0.3 · Exam" in words
    assert "O hw = sum (homework) + sum (bonuses) O total = 0.7 · O hw + 0.3 · Exam" in words
    assert "With O hw ≥ 6 it is 10/14 · O hw : the automat." in words
    assert "More points or a better mark never make it worse." in words
    assert "4.65 more to the automat" in words


def test_with_the_automat(page: Client, run: Run, student: User) -> None:
    hand_in(student, run, activations="1", dropout="0.85", optimization="1", pytorch_basics="1.75", cv="2")
    words = text(page.get("/2023/grades/"))
    assert "O hw = 1 + 0.85 + 1.75 + 2 + 1 = 6.6 O total = 10/14 · 6.6 = 4.71" in words
    assert "Automat: the grade without the exam is 4.71, which is 5 in the record book." in words


def test_with_nothing_yet(page: Client) -> None:
    words = text(page.get("/2023/grades/"))
    assert "O hw = 0 O total = 0.7 · 0 + 0.3 · Exam" in words
    assert "6 more to the automat" in words


def test_what_brings_no_points_is_for_practice(page: Client, run: Run) -> None:
    found = page.get("/2023/grades/")
    assert "The backward pass for practice" in text(found)
    assert "bonus" in text(found), "optimization is one"
    assert 'name="dropout"' in found.content.decode()
    assert 'name="backprop"' not in found.content.decode(), "there is nothing to imagine"


def test_in_russian_numbers_have_commas(run: Run, student: User) -> None:
    hand_in(student, run, activations="0.35")
    page = Client(headers={"accept-language": "ru"})
    page.force_login(student)
    assert "O hw = 0,35" in text(page.get("/2023/grades/"))
    assert 'value="0.350"' in page.get("/2023/grades/").content.decode()  # HTML wants a point


def test_what_a_review_took_off_stands_between_tests_and_points(
    page: Client, run: Run, student: User, instructor: User
) -> None:
    assert "Review" not in text(page.get("/2023/grades/"))
    reviewed = works.handed_in(works.work(student, run), points="0.9")
    words = drafts.Words(0, "A loop instead of a matrix", Decimal("0.2"))
    drafts.save_comment(submission=reviewed, by=instructor, uid=uuid4(), words=words, seen=drafts.Seen(0, 0))
    publishing.publish(submission=reviewed, by=instructor, seen=1)
    row = text(page.get("/2023/grades/")).partition("Handed in Tests Review Penalty Points Out of")[2]
    assert re.match(r" Activation functions .* 0\.9 review −0\.2 — 0\.7 / 1 1 Weight", row)


def test_points_set_by_hand_say_why(page: Client, run: Run, student: User, instructor: User) -> None:
    told = {"assignment": "activations", "points": Decimal("0.5"), "reason": "Solved at the blackboard"}
    adjustments.set_points(run=run, student=student, by=instructor, **told)
    assert "Activation functions Set by hand: Solved at the blackboard 0.5" in text(page.get("/2023/grades/"))
