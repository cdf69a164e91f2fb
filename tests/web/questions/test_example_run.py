"""What was asked in the example run."""

from __future__ import annotations

from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.demo import asking
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR, STUDENTS
from kafedra.web.people.models import Role
from kafedra.web.questions.waiting import waiting
from kafedra.web.runs.models import Run


def test_the_second_week_has_questions_answered_and_waiting(run: Run, signed_in: SignIn) -> None:
    people = {person.login: factories.person(person.login, person.name, run=run) for person in STUDENTS}
    teacher = factories.person(INSTRUCTOR.login, INSTRUCTOR.name, run=run, role=Role.INSTRUCTOR)
    factories.person(ASSISTANT.login, ASSISTANT.name, run=run, role=Role.ASSISTANT)
    factories.graded(factories.repository(people["p-lebedev"], run), "0.35")
    asking.play(run)
    about = {question.about for question, _standing in waiting(run)}
    assert about == {"run", "topic", "assignment", "test"}
    student = text(signed_in(people["o-melnik"]).get("/2023/questions/"))
    assert "resolved" in student
    assert "Не понимаю, откуда здесь NaN" not in student
    assert "Topic 1." in text(signed_in(teacher).get("/2023/inbox/"))
