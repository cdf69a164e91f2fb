"""Which terms are in force: what was accepted, held in memory, over what the files of the course say."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from kafedra.course import AssignedWork, Homework, Run
from kafedra.policy import AssignmentTerms, Scheme, SchemeError
from kafedra.web.runs import course
from kafedra.web.runs.terms.values import Terms

log = logging.getLogger(__name__)
_held: dict[str, Terms] = {}  # what was accepted, by the slug of the run
_in_force: dict[str, tuple[Run, Terms]] = {}  # what follows from it, and for which version of the run


def in_force(run_slug: str) -> Terms:
    """What counts today. Raises KeyError for an unknown run."""
    found = _in_force.get(run_slug)
    run = course.current().runs[run_slug]
    if found is None or found[0] is not run:  # the files are others, or what was accepted is
        _in_force[run_slug] = found = (run, _computed(run, _held.get(run_slug)))
    return found[1]


def _computed(run: Run, held: Terms | None) -> Terms:
    works = run.terms()
    if held is None:
        return Terms(works, run.late, run.formula)
    here = {one.slug for one in works}
    kept = Terms(works, held.late, held.formula, gone=tuple(one for one in held.assignments if one.slug not in here))
    try:
        _compile(kept)
    except SchemeError:
        log.exception("the accepted formula means nothing for the run any more; that of its file counts")
        return Terms(works, held.late, run.formula)
    return kept


def _compile(terms: Terms) -> Scheme:
    return terms.scheme


def written(run_slug: str) -> Terms:
    """What the course's files say now. Raises KeyError for an unknown run."""
    run = course.written().runs[run_slug]
    return Terms(run.terms(), run.late, run.formula)


def hold(accepted: Mapping[str, Terms]) -> None:
    """Put in force what was accepted, by run. A run or an assignment that is new in the files counts as they say."""
    _in_force.clear()
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
