"""Giving and undoing extensions and points set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse

from kafedra.web import clock
from kafedra.web.classroom.models import Extension, Override, Run, Submission, TermsSeen
from kafedra.web.classroom.terms import Terms, as_json
from kafedra.web.notices.kinds import Kind
from kafedra.web.notices.services import tell
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb

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

    The same `batch` again is the same form sent twice, and changes nothing.
    """
    batch = batch or uuid4()
    if Extension.objects.filter(batch=batch).exists():
        return batch
    for student in students:
        for slug in grant.assignments:
            row = Extension.objects.create(
                run=run, student=student, assignment=slug, deadline=grant.deadline, days=grant.days,
                reason=grant.reason, batch=batch, given_by=by,
            )  # fmt: skip
            _record_extension(Verb.EXTENSION_GIVEN, row, by, why=grant.reason)
            tell(user=student, run=run, kind=Kind.DEADLINE, path=_page(run, slug), assignment=slug, why=grant.reason)
    return batch


@transaction.atomic
def undo_extensions(*, extensions: Sequence[Extension], by: User) -> int:
    """Undo those of `extensions` that are in force; returns how many there were."""
    undone = 0
    for row in extensions:
        if Extension.objects.filter(pk=row.pk, undone_at=None).update(undone_at=clock.now(), undone_by=by):
            _record_extension(Verb.EXTENSION_UNDONE, row, by)
            tell(user=row.student, run=row.run, kind=Kind.DEADLINE, path=_page(row.run, row.assignment),
                 assignment=row.assignment, undone=True)  # fmt: skip
            undone += 1
    return undone


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
    """Set points by hand: of `submission` instead of the judge's, or without one of the whole assignment, finally."""
    row = Override.objects.create(
        run=run, student=student, assignment=assignment, submission=submission, points=points, reason=reason,
        given_by=by,
    )  # fmt: skip
    _record_override(Verb.OVERRIDE_SET, row, by, after={"points": points}, why=reason)
    tell(user=student, run=run, kind=Kind.POINTS, path=_page(run, assignment), assignment=assignment, why=reason)
    return row


@transaction.atomic
def undo_points(*, override: Override, by: User) -> None:
    """Let the judge's and the policy's points count again. Repeating changes nothing."""
    if Override.objects.filter(pk=override.pk, undone_at=None).update(undone_at=clock.now(), undone_by=by):
        _record_override(Verb.OVERRIDE_UNDONE, override, by, before={"points": override.points})
        tell(user=override.student, run=override.run, kind=Kind.POINTS, assignment=override.assignment,
             path=_page(override.run, override.assignment), undone=True)  # fmt: skip


@transaction.atomic
def take_note_of_terms(*, run: Run, terms: Terms, before: Terms | None, by: User | None) -> TermsSeen:
    """Remember that `by` (None: the server, at its first start) has seen what the course's files say now."""
    row = TermsSeen.objects.create(run=run, terms=as_json(terms), seen_by=by)
    moved: dict[str, list[Value]] = {"before": [], "after": []}
    before_lines, after_lines = (_lines(one) for one in (before, terms))
    moved["before"] = [line for line in before_lines if line not in after_lines]
    moved["after"] = [line for line in after_lines if line not in before_lines]
    record(
        who=by, verb=Verb.TERMS_SEEN, about=row, label=run.slug, run=run,
        before={"terms": [str(line) for line in moved["before"]]},
        after={"terms": [str(line) for line in moved["after"]]},
    )  # fmt: skip
    return row


def _lines(terms: Terms | None) -> list[str]:
    if terms is None:
        return []
    document = as_json(terms)
    works = [
        f"{one['slug']}: {one['points']}{' (bonus)' if one['bonus'] else ''}, {one['deadline'] or '—'}"
        for one in document["assignments"]
    ]
    return works + [f"{name}: {value}" for part in ("late", "formula") for name, value in document[part].items()]


def _page(run: Run, assignment: str) -> str:
    return reverse("classroom:assignment", args=[run.slug, assignment])


def _record_extension(verb: Verb, row: Extension, by: User, *, why: str = "") -> None:
    told: dict[str, Value] = {"deadline": row.deadline} if row.deadline else {"days": row.days}
    undone = verb is Verb.EXTENSION_UNDONE
    record(
        who=by, verb=verb, about=row, label=f"{row.assignment} · {row.student.username}", run=row.run,
        concerns=row.student, before=told if undone else {}, after={} if undone else told, why=why,
    )  # fmt: skip


def _record_override(
    verb: Verb,
    row: Override,
    by: User,
    *,
    before: dict[str, Value] | None = None,
    after: dict[str, Value] | None = None,
    why: str = "",
) -> None:
    label = f"{row.assignment} · {row.student.username}"
    if row.submission is not None:
        label += f" · {row.submission.short_commit}"
    record(
        who=by, verb=verb, about=row, label=label, run=row.run, concerns=row.student,
        before=before, after=after, why=why,
    )  # fmt: skip
