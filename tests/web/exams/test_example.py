"""The example run has a trial exam with marks to look at."""

from __future__ import annotations

from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.reading import text

from kafedra.web.demo import examining
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR, STUDENTS
from kafedra.web.exams.models import Exam, Mark
from kafedra.web.people.models import Role
from kafedra.web.runs.models import Run


def test_a_newcomer_sees_a_grid_half_marked(run: Run, signed_in: SignIn) -> None:
    some = STUDENTS[:4]
    for person in some:
        factories.person(person.login, person.name, run=run)
    teacher = factories.person(INSTRUCTOR.login, INSTRUCTOR.name, run=run, role=Role.INSTRUCTOR)
    factories.person(ASSISTANT.login, ASSISTANT.name, run=run, role=Role.ASSISTANT)
    examining.play(run, [one.login for one in some])
    exam = Exam.objects.get()
    marked = {(paper, place) for paper, place in Mark.objects.values_list("paper__number", "place")}
    assert marked == {(1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (2, 1)}
    page = signed_in(teacher).get(f"/2023/exams/{exam.pk}/marking/?question=1")
    assert page.status_code == 200
    assert "выкладка не доведена" in page.content.decode()
    assert exam.published_at is None
    assert "Тимур Белов" in text(signed_in(teacher).get(f"/2023/exams/{exam.pk}/"))
