"""Accepting terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from kafedra.web import clock
from kafedra.web.classroom import course, terms
from kafedra.web.classroom.models import AcceptedTerms, Run
from kafedra.web.classroom.selectors import Facts, facts
from kafedra.web.classroom.terms.force import held_over
from kafedra.web.classroom.terms.selectors import accepted_terms
from kafedra.web.classroom.terms.values import Terms, as_json
from kafedra.web.gradebook.comparison import compare
from kafedra.web.gradebook.selectors import students_of
from kafedra.web.notices.kinds import Kind
from kafedra.web.notices.services import tell
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@transaction.atomic
def accept_new(*, run: Run) -> None:
    """A run or an assignment that is new to the server counts as the files say: nobody has points there."""
    before, written = accepted_terms().get(run.slug), terms.written(run.slug)
    if before is None:
        _store(run, written, before=None, by=None)
        return
    held = held_over(run.slug, before).assignments
    known, written_now = ({one.slug for one in some} for some in (before.assignments, held))
    if written_now - known:
        gone = [one for one in before.assignments if one.slug not in written_now]
        _store(run, replace(before, assignments=(*held, *gone)), before=before, by=None)


@transaction.atomic
def accept(*, run: Run, by: User) -> None:
    """Let what the files say count from now on, and tell the students whose deadlines or points it moves.

    Twice changes nothing.
    """
    before, after = accepted_terms().get(run.slug, terms.in_force(run.slug)), terms.written(run.slug)
    if not terms.differences(before, after):
        return
    _store(run, after, before=before, by=by)
    known, students = facts(run), students_of(run)
    for student in students:
        _tell_deadlines(run, student, before, after, known)
    for shift in compare(students, (before, known), (after, known)).shifts:
        if shift.gain:
            tell(user=shift.student, run=run, kind=Kind.POINTS, path=reverse("gradebook:grades", args=[run.slug]),
                 terms=True, before=str(shift.before.homework), after=str(shift.after.homework))  # fmt: skip
    transaction.on_commit(put_in_force)


def put_in_force() -> None:
    """Let the server count by what was accepted: at its start, and whenever something is accepted."""
    terms.hold(accepted_terms())


def _tell_deadlines(run: Run, student: User, before: Terms, after: Terms, known: Facts) -> None:
    """One piece of news for each new deadline of the student's own, of work that is issued."""
    moved: dict[datetime, list[str]] = defaultdict(list)
    for slug in _issued(run):
        key = (student.pk, slug)
        was, now = (known.deadline(key, one.deadlines.get(slug)) for one in (before, after))
        if now is not None and now != was:
            moved[now].append(slug)
    for deadline, slugs in moved.items():
        tell(user=student, run=run, kind=Kind.DEADLINE, path=reverse("classroom:home", args=[run.slug]),
             assignments=slugs, deadline=deadline.isoformat(), moved=True)  # fmt: skip


def _issued(run: Run) -> Iterator[str]:
    today = clock.now().astimezone(course.current().timezone).date()
    for homework in course.written().runs[run.slug].homework:
        if homework.issued is None or homework.issued <= today:
            yield from (work.slug for work in homework.assignments)


def _store(run: Run, accepted: Terms, *, before: Terms | None, by: User | None) -> None:
    row = AcceptedTerms.objects.create(run=run, terms=as_json(accepted), accepted_by=by)
    old, new = (_lines(one) for one in (before, accepted))
    record(
        who=by, verb=Verb.TERMS_ACCEPTED, about=row, label=run.slug, run=run,
        before={"terms": [line for line in old if line not in new]},
        after={"terms": [line for line in new if line not in old]},
    )  # fmt: skip


def _lines(terms: Terms | None) -> list[str]:
    if terms is None:
        return []
    document = as_json(terms)
    works = [
        f"{one['slug']}: {one['points']}{' (bonus)' if one['bonus'] else ''}, {one['deadline'] or '—'}"
        for one in document["assignments"]
    ]
    return works + [f"{name}: {value}" for part in ("late", "formula") for name, value in document[part].items()]
