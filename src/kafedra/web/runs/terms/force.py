"""Which terms are in force: what was accepted, held in memory, over what the files of the course say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kafedra.course import AssignedWork, Homework, Run
from kafedra.policy import AssignmentTerms
from kafedra.web.runs import course
from kafedra.web.runs.terms.values import Terms

_held: dict[str, Terms] = {}  # what was accepted, by the slug of the run


def in_force(run_slug: str) -> Terms:
    """What counts today. Raises KeyError for an unknown run."""
    works, of_course = course.current().runs[run_slug].terms(), course.written()
    held = _held.get(run_slug)
    return Terms(works, held.late if held else of_course.late, held.formula if held else of_course.formula)


def written(run_slug: str) -> Terms:
    """What the course's files say now. Raises KeyError for an unknown run."""
    of_course = course.written()
    return Terms(of_course.runs[run_slug].terms(), of_course.late, of_course.formula)


def hold(accepted: Mapping[str, Terms]) -> None:
    """Put in force what was accepted, by run. A run or an assignment that is new in the files counts as they say."""
    _held.clear()
    _held.update(accepted)
    files = course.written()
    runs = {slug: _with_terms(run, accepted[slug]) if slug in accepted else run for slug, run in files.runs.items()}
    course.put_in_force(None if runs == files.runs else replace(files, runs=runs))


def held_over(run_slug: str, accepted: Terms) -> Terms:
    """What is in force under `accepted`: with the assignments that are new in the files, without those gone."""
    return Terms(_with_terms(course.written().runs[run_slug], accepted).terms(), accepted.late, accepted.formula)


def _with_terms(run: Run, accepted: Terms) -> Run:
    return replace(run, homework=tuple(_homework_with_terms(each, accepted) for each in run.homework))


def _work_with_terms(work: AssignedWork, terms: AssignmentTerms) -> AssignedWork:
    return replace(work, points=terms.max_points, bonus=terms.bonus, judge_points=terms.judge_points)


def _homework_with_terms(homework: Homework, accepted: Terms) -> Homework:
    known = {one.slug: one for one in accepted.assignments}
    works = tuple(
        _work_with_terms(work, known[work.slug]) if work.slug in known else work for work in homework.assignments
    )
    deadlines = [known[work.slug].deadline for work in works if work.slug in known]
    return replace(homework, assignments=works, deadline=deadlines[0] if deadlines else homework.deadline)
