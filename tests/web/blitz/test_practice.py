"""The same questions at one's own pace, as often as one likes, and admission to the exam by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from tests.web.blitz.played import TOPIC, a_blitz, right, sent, wrong
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.course.topics import Question
from kafedra.web.blitz.admission import passed
from kafedra.web.blitz.models import Attempt, AttemptAnswer
from kafedra.web.blitz.places import topic
from kafedra.web.people.models import User
from kafedra.web.people.runs import access_run
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


@pytest.fixture
def threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run asks for 70 per cent of every blitz, and one topic has one, however many are written by now."""
    known = course.current()
    asked = replace(known.runs["2023"], blitz_percent=Decimal(70))
    only = replace(known, runs={**known.runs, "2023": asked}, materials={TOPIC: known.materials[TOPIC]})
    monkeypatch.setattr(course, "current", lambda: only)


def practised(client: Client, give: Callable[[Question], list[str]], right_ones: int = 99) -> str:
    """A whole attempt through the pages: the first `right_ones` right, the others as `give` says; the last page."""
    questions = course.current().materials[TOPIC].blitz
    address = client.post(f"/2023/blitz/topics/{TOPIC}/").headers["Location"]
    for number, question in enumerate(questions):
        page = client.get(address).content.decode()
        assert f'value="{question.slug}"' in page
        given = (right if number < right_ones else give)(question)
        answer = client.post(f"{address}answer/", sent(question, given), follow=True)
        assert 'class="explained' in answer.content.decode()
    return text(client.get(address))


def test_every_answer_is_explained_and_the_end_says_what_to_look_at(student: User, signed_in: SignIn) -> None:
    page = practised(signed_in(student), wrong, right_ones=1)
    assert "Worth another look" in page
    assert "Once more from the start" in page


def test_the_first_answer_counts_and_an_attempt_goes_on_where_it_was_left(student: User, signed_in: SignIn) -> None:
    client = signed_in(student)
    first, second = course.current().materials[TOPIC].blitz[:2]
    address = client.post(f"/2023/blitz/topics/{TOPIC}/").headers["Location"]
    for give in (wrong, right):
        client.post(f"{address}answer/", sent(first, give(first)))
    assert AttemptAnswer.objects.get().share == 0
    assert client.post(f"/2023/blitz/topics/{TOPIC}/").headers["Location"] == address
    assert f'value="{second.slug}"' in client.get(address).content.decode()


def test_any_attempt_that_reaches_the_threshold_admits(
    run: Run, threshold: None, student: User, other_student: User, signed_in: SignIn
) -> None:
    client = signed_in(student)
    assert "Still missing" in text(client.get("/2023/blitz/"))
    assert "attempts are unlimited" in practised(client, wrong, right_ones=2)
    assert not passed(run, [student.pk])[student.pk].admitted
    assert "is passed" in practised(client, wrong)
    practised(client, wrong, right_ones=0)
    mine = passed(run, [student.pk, other_student.pk])
    assert mine[student.pk].admitted
    assert mine[student.pk].best[TOPIC] == 1
    assert mine[other_student.pk].missing == (TOPIC,)
    assert "So far nothing is missing" in text(client.get("/2023/blitz/"))
    assert Attempt.objects.count() == 3


def test_an_attempt_that_is_not_finished_admits_nobody(
    run: Run, threshold: None, student: User, signed_in: SignIn
) -> None:
    client = signed_in(student)
    questions = course.current().materials[TOPIC].blitz
    address = client.post(f"/2023/blitz/topics/{TOPIC}/").headers["Location"]
    for question in questions[:-1]:
        client.post(f"{address}answer/", sent(question, right(question)))
    assert passed(run, [student.pk])[student.pk].missing == (TOPIC,)


def test_without_a_threshold_nothing_is_asked(run: Run, student: User, signed_in: SignIn) -> None:
    assert passed(run, [student.pk])[student.pk].admitted
    assert "Admission" not in text(signed_in(student).get("/2023/blitz/"))


def test_the_topics_page_has_practice_and_for_staff_a_start(
    run: Run, student: User, instructor: User, signed_in: SignIn
) -> None:
    assert topic(run, 12, access_run(student, "2023")) is None or 12 in course.current().materials
    mine, theirs = topic(run, TOPIC, access_run(student, "2023")), topic(run, TOPIC, access_run(instructor, "2023"))
    assert mine
    assert theirs
    assert not mine.context["is_staff"]
    assert theirs.context["is_staff"]
    a_blitz(run, instructor)
    assert "Start in class" in text(signed_in(instructor).get("/2023/blitz/"))
    assert "Start in class" not in text(signed_in(student).get("/2023/blitz/"))
