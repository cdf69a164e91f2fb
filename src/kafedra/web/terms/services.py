"""Accepting terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.frame.numbers import shown
from kafedra.web.notices.services import tell
from kafedra.web.people.students import students_of
from kafedra.web.runs import course, terms
from kafedra.web.runs.addresses import grades_of, home_of
from kafedra.web.runs.models import Run
from kafedra.web.runs.services import put_in_force, store_terms
from kafedra.web.runs.terms.selectors import accepted_terms
from kafedra.web.runs.terms.values import Terms
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.terms import news

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@transaction.atomic
def accept(*, run: Run, by: User) -> None:
    """Let what the files say count from now on, and tell the students whose deadlines or points it moves.

    Twice changes nothing.
    """
    before, after = accepted_terms().get(run.slug, terms.in_force(run.slug)), terms.written(run.slug)
    if not terms.differences(before, after):
        return
    store_terms(run, after, before=before, by=by)
    known, students = facts(run), students_of(run)
    for student in students:
        _tell_deadlines(run, student, before, after, known)
    for shift in compare(students, (before, known), (after, known)).shifts:
        if shift.gain:
            tell(user=shift.student, run=run, news=news.POINTS_MOVED, path=grades_of(run),
                 before=str(shown(shift.before.homework)), after=str(shown(shift.after.homework)))  # fmt: skip
    transaction.on_commit(put_in_force)


def _tell_deadlines(run: Run, student: User, before: Terms, after: Terms, known: Facts) -> None:
    """One piece of news for each new deadline of the student's own, of work that is issued."""
    moved: dict[datetime, list[str]] = defaultdict(list)
    for slug in _issued(run):
        key = (student.pk, slug)
        was, now = (known.deadline(key, one.deadlines.get(slug)) for one in (before, after))
        if now is not None and now != was:
            moved[now].append(slug)
    for deadline, slugs in moved.items():
        tell(user=student, run=run, news=news.DEADLINE_MOVED, path=home_of(run),
             assignments=slugs, deadline=deadline.isoformat())  # fmt: skip


def _issued(run: Run) -> Iterator[str]:
    today = clock.now().astimezone(course.current().timezone).date()
    for homework in course.written().runs[run.slug].homework:
        if homework.issued is None or homework.issued <= today:
            yield from (work.slug for work in homework.assignments)
