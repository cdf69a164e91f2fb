"""Reads of standings: everything computed for one student, or for all, in one run. Builds policy objects from facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kafedra import policy
from kafedra.course import AssignedWork, Homework
from kafedra.course import Run as RunFacts
from kafedra.web.people.models import User
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.runs.terms import Terms
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.standings.personal import Line, PersonalStanding
from kafedra.web.standings.values import Key


def standing_for(user: User, run: Run) -> PersonalStanding:
    """The standing of one person in `run`."""
    known = facts(run, students=[user])
    return _personal(user, course.current().runs[run.slug], terms.in_force(run.slug), known)


def of_students(run: Run, students: Iterable[User]) -> list[PersonalStanding]:
    """The standings of some students of `run`, in their order. Eight queries, whatever the number of students."""
    course_run, in_force, known = course.current().runs[run.slug], terms.in_force(run.slug), facts(run)
    return [_personal(student, course_run, in_force, known) for student in students]


def standing(student: User, in_force: Terms, known: Facts) -> policy.Standing:
    """What follows for one student from some facts under some terms, which need not be those in force."""
    scores = {one.slug: known.best((student.pk, one.slug), one.deadline, in_force.late) for one in in_force.assignments}
    return _standing(student, in_force, scores, known)


def _personal(student: User, course_run: RunFacts, in_force: Terms, known: Facts) -> PersonalStanding:
    lines = tuple(
        _line((student.pk, work.slug), homework, work, in_force.late, known)
        for homework in course_run.homework
        for work in homework.assignments
    )
    scores = {line.work.slug: line.score for line in lines}
    return PersonalStanding(
        student=student,
        lines=lines,
        standing=_standing(student, in_force, scores, known),
        terms=in_force,
        marks=known.marks(student.pk),
        run_slug=course_run.slug,
        zeroed=known.given.zeroed.get(student.pk),
    )


def _standing(
    student: User, in_force: Terms, scores: Mapping[str, policy.Score | None], known: Facts
) -> policy.Standing:
    zeroed = student.pk in known.given.zeroed
    return policy.standing(in_force.assignments, scores, in_force.scheme, known.marks(student.pk), zeroed)


def _line(key: Key, homework: Homework, work: AssignedWork, late: policy.LatePolicy, known: Facts) -> Line:
    return Line(
        homework=homework,
        work=work,
        accepted=key in known.accepted,
        pushed=known.pushed.get(key, ()),
        deadline=known.deadline(key, homework.deadline),
        late=late,
        score=known.best(key, homework.deadline, late),
        by_hand=known.given.final.get(key),
        extension=known.extension(key, homework.deadline),
        solution_opened=known.given.opened.get(key),
        zeroed=known.given.zeroed.get(key),
    )
