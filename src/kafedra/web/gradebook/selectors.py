"""Reads of standings: everything computed for one student, or for all, in one run. Builds policy objects from facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from kafedra import policy
from kafedra.course import Run as RunFacts
from kafedra.web import clock
from kafedra.web.classroom import course
from kafedra.web.classroom import selectors as classroom
from kafedra.web.classroom.models import Run
from kafedra.web.classroom.selectors import Mark
from kafedra.web.gradebook.standings import Column, Gradebook, Line, PersonalStanding
from kafedra.web.people.models import Role, User

__all__ = ["Gradebook", "Line", "PersonalStanding", "deadlines", "gradebook", "standing_for"]


def standing_for(user: User, run: Run) -> PersonalStanding:
    """The standing of one person in `run`."""
    facts = course.current().runs[run.slug]
    terms = facts.terms()
    marks = classroom.marks(run, deadlines(terms), student=user)
    return _standing(user, facts, terms, marks, classroom.accepted(run, student=user))


def gradebook(run: Run, *, search: str = "") -> Gradebook:
    """The standings of the students of `run` whose name or login contains every word of `search`.

    Three queries, whatever the number of students.
    """
    facts = course.current().runs[run.slug]
    terms = facts.terms()
    students = User.objects.filter(memberships__run=run, memberships__role=Role.STUDENT)
    marks = classroom.marks(run, deadlines(terms))
    accepted = classroom.accepted(run)
    rows = [_standing(student, facts, terms, marks, accepted) for student in students if _found(student, search)]
    works = [work for homework in facts.homework for work in homework.assignments]
    columns = tuple(
        Column(work, sum(bool(row.lines[index].history) for row in rows)) for index, work in enumerate(works)
    )
    counted = sum((one.max_points for one in terms if not one.bonus), Decimal(0))
    return Gradebook(columns, tuple(rows), counted)


def deadlines(terms: Sequence[policy.AssignmentTerms]) -> dict[str, datetime | None]:
    """The deadline of each assignment, by slug."""
    return {one.slug: one.deadline for one in terms}


def _found(student: User, search: str) -> bool:
    # In Python: SQLite folds the case of Latin letters only.
    text = f"{student.display_name} {student.username}".casefold()
    return all(word in text for word in search.casefold().split())


def _standing(
    student: User,
    facts: RunFacts,
    terms: Sequence[policy.AssignmentTerms],
    marks: Mapping[classroom.Key, tuple[Mark, ...]],
    accepted: set[classroom.Key],
) -> PersonalStanding:
    the_course, moment = course.current(), clock.now()
    lines = tuple(
        Line(
            homework=homework,
            work=work,
            accepted=(student.pk, work.slug) in accepted,
            history=marks.get((student.pk, work.slug), ()),
            penalty_now=policy.late_penalty(moment, homework.deadline, the_course.late),
        )
        for homework in facts.homework
        for work in homework.assignments
    )
    scores = {line.work.slug: line.score for line in lines}
    return PersonalStanding(
        student=student,
        lines=lines,
        standing=policy.standing(terms, scores, the_course.formula),
        reachable=policy.max_reachable(terms, scores, now=moment, late=the_course.late),
    )
