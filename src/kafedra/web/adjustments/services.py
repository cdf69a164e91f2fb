"""Giving and undoing extensions and points set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from kafedra.web import clock
from kafedra.web.adjustments import news, verbs
from kafedra.web.adjustments.models import Extension, Override
from kafedra.web.adjustments.selectors import adjustments
from kafedra.web.notices.kinds import News
from kafedra.web.notices.services import tell
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb
from kafedra.web.runs import terms
from kafedra.web.runs.addresses import assignment_page
from kafedra.web.runs.models import Run
from kafedra.web.standings.values import longest
from kafedra.web.submissions.models import Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted: exactly one of a moment and a number of days after the course's deadline."""

    assignments: tuple[str, ...]
    deadline: datetime | None
    days: int | None
    reason: str


@transaction.atomic
def extend(*, run: Run, students: Sequence[User], grant: Grant, by: User, batch: UUID | None = None) -> UUID:
    """Give each student a later deadline for each assignment; returns what undoes all of it at once.

    Whoever has a still later one keeps it, and hears nothing. The same `batch` again is the same form sent twice, and
    changes nothing.
    """
    batch = batch or uuid4()
    if Extension.objects.filter(batch=batch).exists():
        return batch
    for slug in grant.assignments:
        before = _deadlines(run, slug, students)
        rows = [
            Extension.objects.create(
                run=run, student=student, assignment=slug, deadline=grant.deadline, days=grant.days,
                reason=grant.reason, batch=batch, given_by=by,
            )
            for student in students
        ]  # fmt: skip
        _moved(verbs.EXTENSION_GIVEN, rows, before, by, why=grant.reason)
    return batch


@transaction.atomic
def undo_extensions(*, extensions: Sequence[Extension], by: User) -> int:
    """Undo those of `extensions` that are in force; returns how many there were."""
    undone = 0
    for slug in dict.fromkeys(row.assignment for row in extensions):
        rows = [row for row in extensions if row.assignment == slug]
        before = _deadlines(rows[0].run, slug, [row.student for row in rows])
        done = [row for row in rows if _undo(row, by)]
        _moved(verbs.EXTENSION_UNDONE, done, before, by)
        undone += len(done)
    return undone


def _undo(row: Extension, by: User) -> bool:
    return bool(Extension.objects.filter(pk=row.pk, undone_at=None).update(undone_at=clock.now(), undone_by=by))


def _deadlines(run: Run, slug: str, students: Sequence[User]) -> dict[int, datetime | None]:
    """Each student's own deadline, by the student's id."""
    of_course = terms.in_force(run.slug).deadlines.get(slug)
    granted = adjustments(run, [student.pk for student in students]).extensions
    own = {student.pk: longest(granted.get((student.pk, slug), ()), of_course) for student in students}
    return {student: later.of(of_course) if later else of_course for student, later in own.items()}


def _moved(
    verb: Verb, rows: Sequence[Extension], before: dict[int, datetime | None], by: User, *, why: str = ""
) -> None:
    """Record the change of each extension, and tell those whose deadline it moves."""
    if not rows:
        return
    run, slug = rows[0].run, rows[0].assignment
    after = _deadlines(run, slug, [row.student for row in rows])
    undone = verb is verbs.EXTENSION_UNDONE
    for row in rows:
        was, now = before[row.student_id], after[row.student_id]
        days: dict[str, Value] = {"days": row.days} if row.days else {}
        record(
            who=by, verb=verb, about=row, label=of_work(slug, row.student), run=run, concerns=row.student,
            before={"deadline": was} | (days if undone else {}),
            after={"deadline": now} | ({} if undone else days), why=why,
        )  # fmt: skip
        if was != now and now is not None:
            told = news.EXTENSION_UNDONE if undone else news.EXTENDED
            path = assignment_page(run, slug)
            tell(user=row.student, run=run, news=told, path=path, assignment=slug, why=why, deadline=now.isoformat())


@transaction.atomic
def set_points(
    *,
    run: Run,
    student: User,
    assignment: str,
    points: Decimal,
    reason: str,
    by: User,
    submission: Submission | None = None,
) -> Override:
    """Set points by hand: of `submission` instead of the judge's, or without one of the whole assignment, finally.

    They replace those that were set there before; the same ones again change nothing.
    """
    earlier = Override.objects.filter(run=run, student=student, assignment=assignment, submission=submission)
    before = earlier.select_for_update().filter(undone_at=None).first()
    if before is not None and (before.points, before.reason) == (points, reason):
        return before
    row = Override.objects.create(
        run=run, student=student, assignment=assignment, submission=submission, points=points, reason=reason,
        given_by=by,
    )  # fmt: skip
    standing = earlier.filter(undone_at=None).exclude(pk=row.pk)
    standing.update(undone_at=row.given_at, undone_by=by, replaced_by=row)
    _record_override(verbs.OVERRIDE_SET, row, by, before=before.points if before else None, after=points, why=reason)
    _tell_points(news.SET_BY_HAND, row, why=reason, points=str(points))
    return row


@transaction.atomic
def undo_points(*, override: Override, by: User) -> bool:
    """Let the judge's and the policy's points count again; returns False if they did already."""
    if not Override.objects.filter(pk=override.pk, undone_at=None).update(undone_at=clock.now(), undone_by=by):
        return False
    _record_override(verbs.OVERRIDE_UNDONE, override, by, before=override.points)
    _tell_points(news.POINTS_UNDONE, override)
    return True


def _tell_points(told: News, row: Override, **facts: str) -> None:
    commit = row.submission.short_commit if row.submission else ""
    tell(user=row.student, run=row.run, news=told, path=assignment_page(row.run, row.assignment),
         assignment=row.assignment, commit=commit, **facts)  # fmt: skip


def _record_override(
    verb: Verb, row: Override, by: User, *, before: Decimal | None, after: Decimal | None = None, why: str = ""
) -> None:
    commit = row.submission.short_commit if row.submission else ""
    told: tuple[dict[str, Value], ...] = tuple({} if one is None else {"points": one} for one in (before, after))
    record(
        who=by, verb=verb, about=row, label=of_work(row.assignment, row.student, commit), run=row.run,
        concerns=row.student, before=told[0], after=told[1], why=why,
    )  # fmt: skip
