"""Reads of standings: everything computed for one student, or for all, in one run. Builds policy objects from facts."""

from __future__ import annotations

from kafedra import policy
from kafedra.course import AssignedWork, Homework
from kafedra.course import Run as RunFacts
from kafedra.web.classroom.selectors import Facts, Key, facts
from kafedra.web.gradebook.choosing import EVERYBODY, Choice
from kafedra.web.gradebook.standings import Column, Gradebook, Line, PersonalStanding
from kafedra.web.people.models import User
from kafedra.web.people.students import group_of, students_of
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.runs.terms import Terms

__all__ = ["Gradebook", "Line", "PersonalStanding", "gradebook", "standing", "standing_for", "students_of"]


def standing_for(user: User, run: Run) -> PersonalStanding:
    """The standing of one person in `run`."""
    known = facts(run, students=[user])
    return _personal(user, course.current().runs[run.slug], terms.in_force(run.slug), known)


def gradebook(run: Run, choice: Choice = EVERYBODY) -> Gradebook:
    """The standings of the students of `run` that are chosen, in the chosen order.

    Eight queries, whatever the number of students.
    """
    course_run, in_force, known = course.current().runs[run.slug], terms.in_force(run.slug), facts(run)
    everybody = students_of(run)
    chosen = (student for student in everybody if choice.takes(student))
    rows = choice.ordered([_personal(student, course_run, in_force, known) for student in chosen])
    works = [work for homework in course_run.homework for work in homework.assignments]
    columns = tuple(
        Column(work, sum(bool(row.lines[index].pushed) for row in rows)) for index, work in enumerate(works)
    )
    groups = tuple(sorted({group_of(student) for student in everybody}))
    return Gradebook(columns, tuple(rows), in_force.counted_max, in_force.formula, groups, len(everybody))


def standing(student: User, in_force: Terms, known: Facts) -> policy.Standing:
    """What follows for one student from some facts under some terms, which need not be those in force."""
    scores = {one.slug: known.best((student.pk, one.slug), one.deadline, in_force.late) for one in in_force.assignments}
    return policy.standing(in_force.assignments, scores, in_force.formula)


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
