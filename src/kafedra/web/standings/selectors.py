"""Reads of standings: everything computed for one student, or for all, in one run. Builds policy objects from facts."""

from __future__ import annotations

from collections.abc import Iterable

from kafedra import policy
from kafedra.web.people.models import User
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.runs.terms import Terms
from kafedra.web.standings.comparison import scores_of, standing_of
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.standings.personal import PersonalStanding


def standing_for(user: User, run: Run) -> PersonalStanding:
    """The standing of one person in `run`."""
    known = facts(run, students=[user])
    return PersonalStanding(user, course.current().runs[run.slug], terms.in_force(run.slug), known)


def of_students(run: Run, students: Iterable[User]) -> list[PersonalStanding]:
    """The standings of some students of `run`, in their order. Seven queries, whatever the number of students."""
    course_run, in_force, known = course.current().runs[run.slug], terms.in_force(run.slug), facts(run)
    return [PersonalStanding(student, course_run, in_force, known) for student in students]


def standing(student: User, in_force: Terms, known: Facts) -> policy.Standing:
    """What follows for one student from some facts under some terms, which need not be those in force."""
    return standing_of(student, in_force, known, scores_of(student, in_force, known, {}))
