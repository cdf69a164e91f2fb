"""Freezing final grades, and deciding about those that are frozen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.notices.services import tell
from kafedra.web.record.services import Value, note
from kafedra.web.recordbook import news, verbs
from kafedra.web.recordbook.models import FrozenGrade
from kafedra.web.recordbook.selectors import SheetRow, by_login, of_group, seen, sheets
from kafedra.web.runs.addresses import grades_of
from kafedra.web.runs.models import Run

if TYPE_CHECKING:
    from kafedra.web.people.models import User


class Moved(Exception):
    """Something is not what it was when somebody looked: nothing was written."""


@transaction.atomic
def freeze(*, run: Run, group: str | None, shown: str, by: User) -> int:
    """Freeze the grades of a group (None: of all) that are not frozen yet, as they are now; returns how many.

    `shown` is what `selectors.seen` said of them when somebody looked. Raises Moved if it would say something else.
    """
    rows = [row for one in of_group(sheets(run), group) for row in one.open]
    if seen(rows) != shown:
        raise Moved
    for row in rows:
        made = _as_now(run, row, by, "")
        after = _told(made)
        note(who=by, verb=verbs.FROZEN, about=made, label=row.student.username, run=run, concerns=row.student,
             after=after)  # fmt: skip
        tell(user=row.student, run=run, news=news.FROZEN, path=grades_of(run), grade=_number(made))
    return len(rows)


@transaction.atomic
def decide(*, run: Run, students: Sequence[User], follow: bool, reason: str, shown: str, by: User) -> int:
    """Let frozen grades follow the facts of today, or stay although these have changed; returns how many.

    `shown` as in `freeze`, of the students' rows in their order. Raises Moved likewise.
    """
    frozen = FrozenGrade.objects.select_for_update().filter(run=run, replaced_at=None, student__in=students)
    list(frozen)  # locked until all is written
    known = by_login(sheets(run))
    rows = [row for one in students if (row := known.get(one.username)) is not None]
    if seen(rows) != shown or not all(row.moved for row in rows):
        raise Moved
    for row in rows:
        _decide(run, row, follow=follow, reason=reason, by=by)
    return len(rows)


def _decide(run: Run, row: SheetRow, *, follow: bool, reason: str, by: User) -> None:
    before = row.frozen
    assert before is not None, "only what is frozen is decided about"
    FrozenGrade.objects.filter(pk=before.pk).update(replaced_at=clock.now())
    made = _as_now(run, row, by, reason) if follow else _as_it_was(before, row, by, reason)
    was, now = _told(before), _told(made)
    verb = verbs.CHANGED if follow else verbs.KEPT
    note(who=by, verb=verb, about=made, label=row.student.username, run=run, concerns=row.student,
         before=was if follow else {}, after=now, why=reason)  # fmt: skip
    if was != now:
        numbers = {"before": _number(before), "grade": _number(made)}
        tell(user=row.student, run=run, news=news.CHANGED, path=grades_of(run), why=reason, **numbers)


def _as_now(run: Run, row: SheetRow, by: User, reason: str) -> FrozenGrade:
    assert row.now is not None, "of who has left, everything is frozen"
    standing = row.now.standing
    return FrozenGrade.objects.create(
        run=run, student=row.student, group=row.group, record=standing.record_grade,
        total="" if standing.total is None else str(standing.total), letter=standing.letter or "",
        automat=standing.automat, facts=row.facts, digest=row.digest, reason=reason, decided_by=by,
    )  # fmt: skip


def _as_it_was(before: FrozenGrade, row: SheetRow, by: User, reason: str) -> FrozenGrade:
    return FrozenGrade.objects.create(
        run=before.run, student=row.student, group=before.group, record=before.record, total=before.total,
        letter=before.letter, automat=before.automat, facts=row.facts, digest=row.digest, reason=reason, decided_by=by,
    )  # fmt: skip


def _told(grade: FrozenGrade) -> dict[str, Value]:
    return {"final_grade": grade.record, "final_total": grade.total or None}


def _number(grade: FrozenGrade) -> str:
    return "" if grade.record is None else str(grade.record)
