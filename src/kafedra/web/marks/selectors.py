"""Reading marks entered by hand: those that count, and how far each name is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from kafedra.course import Run as RunFacts
from kafedra.policy.scheme import Marked
from kafedra.web.marks.models import EnteredMark
from kafedra.web.marks.titles import title_of
from kafedra.web.people.models import Role
from kafedra.web.runs import terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import SOURCES, Contribution, Students


def entered(run: Run, students: Students = None) -> Contribution:
    """What counts: marks that the formula in force has, as long as they are within its bounds. One query at most."""
    most = {mark.name: mark.most for mark in terms.in_force(run.slug).formula.marks}
    if not most:
        return Contribution()
    rows = EnteredMark.objects.filter(run=run, undone_at=None, name__in=most)
    if students is not None:
        rows = rows.filter(student__in=students)
    found = rows.values_list("student_id", "name", "value")
    return Contribution(components={(who, name): value for who, name, value in found if value <= most[name]})


def in_force(run: Run, name: str) -> Mapping[int, EnteredMark]:
    """The marks of this name by the student's id, each with who gave it."""
    rows = EnteredMark.objects.filter(run=run, name=name, undone_at=None).select_related("given_by")
    return {row.student_id: row for row in rows}


def of_student(run: Run, student: int) -> Mapping[str, EnteredMark]:
    """One student's marks in force by name, each with who gave it."""
    rows = EnteredMark.objects.filter(run=run, student=student, undone_at=None).select_related("given_by")
    return {row.name: row for row in rows}


def values_in_force(run: Run, name: str) -> dict[int, Decimal]:
    """The same as numbers."""
    rows = EnteredMark.objects.filter(run=run, name=name, undone_at=None)
    return dict(rows.values_list("student_id", "value"))


@dataclass(frozen=True, slots=True)
class NamedMark:
    """One mark of the formula: what it is called, how many have one, and whether another app gives it in this run."""

    mark: Marked
    title: str
    entered: int
    elsewhere: bool


def named_marks(run: Run, facts: RunFacts) -> Sequence[NamedMark]:
    """Every mark of the formula in force. One query."""
    students = run.memberships.filter(role=Role.STUDENT).values("user_id")
    rows = EnteredMark.objects.filter(run=run, undone_at=None, student__in=students)
    counts = dict(rows.values_list("name").annotate(Count("pk")).order_by())
    return [
        NamedMark(one, title_of(facts, one.name), counts.get(one.name, 0), SOURCES.taken(run, one.name))
        for one in terms.in_force(run.slug).formula.marks
    ]
