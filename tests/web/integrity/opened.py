"""Cases for tests, opened through the same services as the real ones."""

from __future__ import annotations

from tests.web import factories

from kafedra.policy import Ground, IntegrityRule, Ruling
from kafedra.web.integrity import services
from kafedra.web.integrity.models import Case, Decision, Side
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

WORDS = "Одинаковые строки, в том числе опечатка в имени переменной"
REASON = "Тот же код с той же опечаткой"


def rule() -> IntegrityRule:
    """Of the run of 2023: a warning, or all homework; for deceiving the grader, the assignment."""
    return course.current().runs["2023"].integrity


def pair(run: Run, first: User, second: User, by: User) -> Case:
    """A case of two submissions."""
    one, other = (factories.graded(factories.repository(who, run), "0.8") for who in (first, second))
    return services.open_case(first=one, second=other, words=WORDS, by=by)


def alone(run: Run, student: User, by: User, assignment: str = "activations") -> Case:
    """A case of one submission that tried to deceive the grader."""
    submission = factories.graded(factories.repository(student, run, assignment), "0.8")
    return services.open_case(first=submission, ground=Ground.DECEIVING, words=WORDS, by=by)


def side_of(case: Case, student: User) -> Side:
    """The side of a student, as it stands."""
    return Side.objects.get(case=case, student=student)


def answered(side: Side, by: User) -> Side:
    """The student was asked and has answered."""
    services.ask(side=side, rule=rule(), by=by)
    services.answer(side=side, text="Мы готовились вместе")
    return Side.objects.get(pk=side.pk)


def decided(side: Side, ruling: Ruling, by: User) -> Decision:
    """The student was heard, and it is decided."""
    made = services.decide(side=answered(side, by), ruling=ruling, reason=REASON, rule=rule(), by=by)
    assert made is not None
    return made
