"""When a form is open and how many answers it takes: as the run's file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from tests.web.conftest import SignIn
from tests.web.reading import text
from tests.web.surveys.answering import FORM, RESULTS, TOPIC, answer, at, everybody_answers, students

from kafedra.course import SurveyTimes
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Answer
from kafedra.web.surveys.services import keep_time

Ask = Callable[[SurveyTimes], None]
EVENING_CLASS = SurveyTimes(opens=time(21, 30), closes=time(9, 15), reminds=time(8), days_open=2, fewest_answers=7)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The run asks at these times. The class of topic 3 was on 31 January, the next one is on 5 February."""
    known = course.current()

    def asking(times: SurveyTimes) -> None:
        changed = replace(known, runs={**known.runs, "2023": replace(known.runs["2023"], survey=times)})
        monkeypatch.setattr(course, "current", lambda: changed)

    return asking


def test_a_form_is_open_when_the_run_says(run: Run, student: User, ask: Ask, signed_in: SignIn) -> None:
    ask(EVENING_CLASS)
    page = signed_in(student)
    for moment, status, said in (
        (datetime(2023, 1, 31, 18, 29, tzinfo=UTC), 404, ""),
        (datetime(2023, 1, 31, 18, 31, tzinfo=UTC), 200, "Drop it into the box"),
        (datetime(2023, 2, 2, 6, 14, tzinfo=UTC), 200, "Drop it into the box"),
        (datetime(2023, 2, 2, 6, 16, tzinfo=UTC), 200, "The form closed on 2 February"),
    ):
        with at(moment):
            answered = page.get(FORM)
            assert answered.status_code == status
            assert said in text(answered)


def test_students_are_reminded_when_the_run_says(run: Run, student: User, ask: Ask, signed_in: SignIn) -> None:
    ask(EVENING_CLASS)
    page = signed_in(student)
    for hour, reminded in ((4, False), (5, True)):
        with at(datetime(2023, 2, 1, hour, 1, tzinfo=UTC)):
            keep_time()
            assert ("Three minutes, without your name" in text(page.get("/news/"))) is reminded


def test_staff_read_at_what_hour_the_box_is_opened(run: Run, instructor: User, ask: Ask, signed_in: SignIn) -> None:
    ask(EVENING_CLASS)
    with at(datetime(2023, 2, 1, 12, tzinfo=UTC)):
        answer(students(run, 1)[0], unclear="nothing")
        shown = text(signed_in(instructor).get(RESULTS))
    assert "opened on 2 February at 09:15, all answers at once, if there are at least 7" in shown


@pytest.mark.parametrize(("people", "read"), [(6, False), (7, True)])
def test_a_run_may_ask_for_more_answers(run: Run, ask: Ask, people: int, read: bool) -> None:
    ask(EVENING_CLASS)
    with at(datetime(2023, 2, 1, 12, tzinfo=UTC)):
        everybody_answers(students(run, people))
    with at(datetime(2023, 2, 2, 7, tzinfo=UTC)):
        keep_time()
    assert Answer.objects.filter(topic=TOPIC).exists() is read


def test_who_answered_keeps_the_number_that_was_promised(run: Run, ask: Ask) -> None:
    people = students(run, 6)
    ask(EVENING_CLASS)
    with at(datetime(2023, 2, 1, 12, tzinfo=UTC)):
        everybody_answers(people[:3])
    ask(replace(EVENING_CLASS, fewest_answers=5))
    with at(datetime(2023, 2, 1, 13, tzinfo=UTC)):
        everybody_answers(people[3:])
    with at(datetime(2023, 2, 2, 7, tzinfo=UTC)):
        keep_time()
    assert not Answer.objects.exists()
