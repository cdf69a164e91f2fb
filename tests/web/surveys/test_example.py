"""The feedback of the example run: one topic was looked through and heard, the form of the next one is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.demo import feedback
from kafedra.web.demo.people import INSTRUCTOR
from kafedra.web.people.models import Role
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.surveys.models import Answer, Triage

DAYS = (date(2023, 1, 23), date(2023, 1, 31), date(2023, 2, 5))  # it is the first of February


@pytest.fixture
def second_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """The classes of the run as the example has them."""
    known = course.current()
    facts = known.runs["2023"]
    plan = [replace(entry, date=day) for entry, day in zip(facts.plan, DAYS, strict=False)]
    dated = replace(facts, plan=(*plan, *facts.plan[len(plan) :]))
    example = replace(known, runs={**known.runs, "2023": dated})
    monkeypatch.setattr(course, "current", lambda: example)


@pytest.mark.usefixtures("second_week")
def test_what_was_said_is_heard_and_one_form_waits(run: Run, signed_in: SignIn) -> None:
    teacher = factories.person(INSTRUCTOR.login, INSTRUCTOR.name, run=run, role=Role.INSTRUCTOR)
    people = [factories.person(f"student-{number}", run=run) for number in range(12)]
    feedback.play(run, [person.username for person in people])
    assert not Answer.objects.filter(topic=1, state=Triage.NEW).exists(), "every answer was looked through"
    results = text(signed_in(teacher).get("/2023/feedback/1/results/"))
    assert "11 answers of 12 students" in results
    assert "Разобрали на семинаре" in results
    newcomer = signed_in(people[0])
    assert "Feedback is waited for" in text(newcomer.get("/2023/"))
    assert "Разобрали на семинаре" in text(newcomer.get("/2023/topics/training-loop/"))
    assert "Feedback is waited for" not in text(signed_in(people[-1]).get("/2023/"))
    assert "answers so far" in text(signed_in(teacher).get("/2023/feedback/2/results/"))
