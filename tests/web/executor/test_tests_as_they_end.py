"""Whoever looks at a submission that is being graded sees its tests as they end."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from tests.web import factories
from tests.web.conftest import SignIn
from tests.web.executor.told import Told, answered
from tests.web.reading import text

from kafedra.grading import Job, Report
from kafedra.web.executor import Stage, work
from kafedra.web.executor.interface import OnTest
from kafedra.web.people.models import User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.services.handing_in import accept_assignment

VERDICT = factories.verdict("0.35")


class Watched(Told):
    """A grader in whose midst somebody looks at the page: before the first test, and after each."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__(VERDICT)
        self._look = look

    def grade(self, job: Job, on_test: OnTest) -> Report:
        self._look()
        for test in VERDICT.tests:
            on_test(test)
            self._look()
        return answered(VERDICT, job)


def test_each_test_appears_when_it_has_ended(run: Run, student: User, signed_in: SignIn) -> None:
    page: Client = signed_in(student)
    repository = accept_assignment(student=student, run=run, assignment="activations")
    waiting = factories.pushed(repository)
    waiting.commit = repository.template_digest
    waiting.save()
    address, seen, beside = f"/2023/submissions/{waiting.pk}/", list[str](), list[str]()

    def look() -> None:
        seen.append(text(page.get(address)))
        beside.append(text(page.get("/2023/assignments/activations/")))

    submission = work.claim(waiting.pk)
    assert submission is not None
    assert work.grade(submission, Watched(look)) is Stage.GRADED
    none, one, both = seen
    assert "Tests so far" not in none
    assert "Tests so far passed ReLU обнуляет отрицательное 0.35 of 0.35" in one
    assert "Большие значения не дают NaN" not in one
    assert "failed Большие значения не дают NaN hidden 0 of 0.65" in both
    assert "содержит NaN" not in both
    assert ["Tests so far : 1 passed" in page for page in beside] == [False, True, True]
    assert "1 not passed" not in beside[1]
    assert "1 not passed … failed Большие значения не дают NaN hidden 0 of 0.65" in beside[2]
    look()
    assert "Tests so far" not in seen[-1]
    assert "1 test of 2 passed" in seen[-1]


def test_a_page_that_has_seen_them_is_left_alone(run: Run, student: User, signed_in: SignIn) -> None:
    page: Client = signed_in(student)
    repository = accept_assignment(student=student, run=run, assignment="activations")
    waiting = factories.pushed(repository)
    waiting.commit = repository.template_digest
    waiting.save()
    answers = list[int]()

    def look() -> None:
        htmx = {"hx-request": "true"}
        answers.append(page.get(f"/2023/submissions/{waiting.pk}/?seen=running-1", headers=htmx).status_code)

    submission = work.claim(waiting.pk)
    assert submission is not None
    work.grade(submission, Watched(look))
    assert answers == [200, 204, 200]
