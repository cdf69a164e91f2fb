"""Reads of standings: everything computed for one student, or for all, in one run. Builds policy objects from facts."""

from __future__ import annotations

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
    return personal(user, course.current().runs[run.slug], terms.in_force(run.slug), known)


def standing(student: User, in_force: Terms, known: Facts) -> policy.Standing:
    """What follows for one student from some facts under some terms, which need not be those in force."""
    scores = {one.slug: known.best((student.pk, one.slug), one.deadline, in_force.late) for one in in_force.assignments}
    return policy.standing(in_force.assignments, scores, in_force.formula)


def personal(student: User, course_run: RunFacts, in_force: Terms, known: Facts) -> PersonalStanding:
    lines = tuple(
        _line((student.pk, work.slug), homework, work, in_force.late, known)
        for homework in course_run.homework
        for work in homework.assignments
    )
    scores = {line.work.slug: line.score for line in lines}
    return PersonalStanding(
        student=student,
        lines=lines,
        standing=policy.standing(in_force.assignments, scores, in_force.formula),
        terms=in_force,
    )


def _line(key: Key, homework: Homework, work: AssignedWork, late: policy.LatePolicy, known: Facts) -> Line:
    return Line(
        homework=homework,
        work=work,
        accepted=key in known.accepted,
        pushed=known.pushed.get(key, ()),
        deadline=known.deadline(key, homework.deadline),
        late=late,
        score=known.best(key, homework.deadline, late),
        by_hand=known.adjusted.final.get(key),
        extension=known.extension(key, homework.deadline),
        solution_opened=known.opened.get(key),
    )
