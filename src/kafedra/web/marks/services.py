"""Entering marks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.marks import news, verbs
from kafedra.web.marks.models import EnteredMark
from kafedra.web.notices.services import tell
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value, note
from kafedra.web.runs.addresses import grades_of
from kafedra.web.runs.models import Run

if TYPE_CHECKING:
    from kafedra.web.people.models import User

NEWS = {verbs.ENTERED: news.ENTERED, verbs.CHANGED: news.CHANGED, verbs.REMOVED: news.REMOVED}


class Overtaken(Exception):
    """A mark is not what it was when somebody looked: nothing was entered."""


@transaction.atomic
def enter_marks(
    *,
    run: Run,
    name: str,
    marks: Mapping[User, Decimal | None],
    by: User,
    why: str = "",
    seen: Mapping[User, Decimal | None] | None = None,
) -> int:
    """Let these be the students' marks of this name; None takes a mark away. Returns how many are others now.

    A mark that is there already stays as it is, with whoever gave it. `seen` is what stood there when somebody decided:
    raises Overtaken if it no longer does.
    """
    rows = EnteredMark.objects.select_for_update().filter(run=run, name=name, undone_at=None, student__in=marks)
    there = {row.student_id: row for row in rows}
    if any((there[one.pk].value if one.pk in there else None) != value for one, value in (seen or {}).items()):
        raise Overtaken
    changed = 0
    for student, value in marks.items():
        before = there.get(student.pk)
        if (before.value if before else None) != value:
            _enter(run, name, student, before, value, by, why)
            changed += 1
    return changed


def _enter(
    run: Run, name: str, student: User, before: EnteredMark | None, value: Decimal | None, by: User, why: str
) -> None:
    if before is not None:
        EnteredMark.objects.filter(pk=before.pk).update(undone_at=clock.now(), undone_by=by)
    row = before
    if value is not None:
        row = EnteredMark.objects.create(run=run, name=name, student=student, value=value, why=why, given_by=by)
    verb = verbs.ENTERED if before is None else verbs.REMOVED if value is None else verbs.CHANGED
    was: dict[str, Value] = {"mark": before.value} if before else {}
    now: dict[str, Value] = {} if value is None else {"mark": value}
    label = of_work(name, student)
    note(who=by, verb=verb, about=row, label=label, run=run, concerns=student, before=was, after=now, why=why)
    told = {"before": str(before.value)} if before else {}
    told |= {} if value is None else {"mark": str(value)}
    tell(user=student, run=run, news=NEWS[verb], path=grades_of(run), name=name, **told)
