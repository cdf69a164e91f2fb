"""What a decision does to standings; and that taking everything back leaves no trace in any of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web import factories
from tests.web.integrity import opened

from kafedra.policy import Ground, IntegrityRule, Ruling, Standing
from kafedra.web.adjustments.services import set_points
from kafedra.web.integrity import services
from kafedra.web.integrity.models import Decision, Side
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.runs import terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import facts
from kafedra.web.standings.selectors import of_students, standing, standing_for

ANY = IntegrityRule()
WORKS = ("activations", "cv", "nlp")
ONCE = {"max_examples": 12, "deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


def everybody(run: Run) -> list[tuple[Standing, list[Decimal | None]]]:
    found = of_students(run, students_of(run))
    assert [one.standing for one in found] == [
        standing(one.student, terms.in_force("2023"), facts(run)) for one in found
    ], "both ways to a standing agree"
    return [(one.standing, [line.points for line in one.lines]) for one in found]


def test_all_homework_counts_as_nothing(run: Run, student: User, other_student: User, instructor: User) -> None:
    for who in (student, other_student):
        factories.graded(factories.repository(who, run, "cv"), "3", most="4")
    case = opened.pair(run, student, other_student, instructor)
    before = standing_for(other_student, run).standing
    opened.decided(opened.side_of(case, student), Ruling.ALL, instructor)
    mine, theirs = standing_for(student, run), standing_for(other_student, run)
    assert (mine.standing.zeroed, mine.standing.homework, mine.reachable, mine.standing.automat) == (True, 0, 0, False)
    assert mine.zeroed is not None
    assert (mine.zeroed.case, mine.zeroed.reason) == (case.pk, opened.REASON)
    assert (theirs.standing, theirs.zeroed) == (before, None)


def test_one_assignment_counts_as_nothing(run: Run, student: User, other_student: User, instructor: User) -> None:
    factories.graded(factories.repository(student, run, "cv"), "3", most="4")
    opened.decided(opened.alone(run, student, instructor).both[0], Ruling.ASSIGNMENT, instructor)
    mine = standing_for(student, run)
    line = mine.line("activations")
    assert (line.points, line.settled, line.zeroed is not None) == (0, True, True)
    assert (mine.standing.homework, mine.zeroed) == (mine.line("cv").points, None)


def test_points_set_by_hand_do_not_undo_a_case(run: Run, student: User, instructor: User) -> None:
    opened.decided(opened.alone(run, student, instructor).both[0], Ruling.ASSIGNMENT, instructor)
    told = {"assignment": "activations", "points": Decimal(1), "reason": "…", "by": instructor}
    set_points(run=run, student=student, **told)  # type: ignore[arg-type]  # by name
    assert standing_for(student, run).standing.homework == 0


def test_of_two_cases_the_other_still_holds(run: Run, student: User, instructor: User) -> None:
    first = opened.decided(opened.alone(run, student, instructor).both[0], Ruling.ASSIGNMENT, instructor)
    again = services.open_case(first=first.side.submission, words="ещё", by=instructor)
    second = opened.decided(again.both[0], Ruling.ALL, instructor)
    services.reverse(decision=second, reason="Ошиблись", by=instructor)
    assert not standing_for(student, run).standing.zeroed
    assert standing_for(student, run).line("activations").points == 0
    services.reverse(decision=first, reason="Ошиблись", by=instructor)
    assert standing_for(student, run).line("activations").points == Decimal("0.8")


def test_two_decisions_can_not_stand_side_by_side(run: Run, student: User, instructor: User) -> None:
    """What the service keeps from happening, the table does not take either."""
    decision = opened.decided(opened.alone(run, student, instructor).both[0], Ruling.ASSIGNMENT, instructor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(side=decision.side, ruling=Ruling.WARNING, reason="…", made_by=instructor)


def test_of_two_instructors_at_once_one_decides(run: Run, student: User, instructor: User) -> None:
    """Both hold the page of an open side, both press the button."""
    case = opened.alone(run, student, instructor)
    opened.answered(case.both[0], instructor)
    one, other = (Side.objects.get(case=case) for _ in range(2))
    told = {"reason": "…", "rule": ANY, "by": instructor}
    assert services.decide(side=one, ruling=Ruling.ASSIGNMENT, **told) is not None  # type: ignore[arg-type]  # by name
    assert services.decide(side=other, ruling=Ruling.WARNING, **told) is None  # type: ignore[arg-type]  # by name
    assert [row.ruling for row in Decision.objects.all()] == ["assignment"]


@pytest.fixture
def three(run: Run, instructor: User) -> list[Side]:
    """The sides of three students with points of different kinds: some late, one set by hand, one not handed in."""
    sides = []
    for number in range(3):
        student = factories.person(run=run)
        for work, points in zip(WORKS[: number + 1], ("0.8", "3.5", "4"), strict=False):
            at = factories.NOW if number == 1 else factories.IN_TIME
            factories.graded(factories.repository(student, run, work), points, at, most="4")
        submission = student.repositories.get(assignment=WORKS[0]).submissions.get()
        for ground in Ground:
            case = services.open_case(first=submission, ground=ground, words="…", by=instructor)
            sides.append(opened.answered(case.both[0], instructor))
    told = {"assignment": "cv", "points": Decimal(2), "reason": "…", "by": instructor}
    set_points(run=run, student=sides[-1].student, **told)  # type: ignore[arg-type]  # by name
    return sides


@settings(**ONCE)  # type: ignore[arg-type]  # by name
@given(data=st.data())
def test_whatever_is_decided_taking_it_back_changes_nothing(
    run: Run, instructor: User, three: list[Side], data: st.DataObject
) -> None:
    """Any decisions, in any order, some of them taken back in between: once all are taken back, all is as it was."""
    before = everybody(run)
    with transaction.atomic():
        standing_ones = list[Decision]()
        for _ in range(data.draw(st.integers(1, 6))):
            if standing_ones and data.draw(st.booleans()):
                back = standing_ones.pop(data.draw(st.integers(0, len(standing_ones) - 1)))
                assert services.reverse(decision=back, reason="…", by=instructor)
                continue
            side, ruling = data.draw(st.sampled_from(three)), data.draw(st.sampled_from(Ruling))
            rule = IntegrityRule(copying=tuple(Ruling), deceiving=tuple(Ruling))
            made = services.decide(side=side, ruling=ruling, reason="…", rule=rule, by=instructor)
            standing_ones += [made] if made is not None else []
        zeroed = {one.side.student_id for one in standing_ones if one.ruling == Ruling.ALL}
        now = everybody(run)
        for person, (one, _points) in zip(students_of(run), now, strict=True):
            assert one.zeroed == (person.pk in zeroed)
        for one in data.draw(st.permutations(standing_ones)):
            assert services.reverse(decision=one, reason="…", by=instructor)
        assert everybody(run) == before
        transaction.set_rollback(True)
