"""What a form or a table would change, kept by the page that shows it until somebody lets it count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core import signing
from django.http import QueryDict

from kafedra.policy.scheme import Marked
from kafedra.web.marks.reading import NoMark, PastedLine, mark_from
from kafedra.web.people.models import User

SALT = "kafedra.marks"


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One student's mark before and after; None: no mark."""

    student: User
    before: Decimal | None
    after: Decimal | None


def written_in(
    form: QueryDict, students: Sequence[User], marked: Marked, before: Mapping[int, Decimal]
) -> tuple[list[MarkChange], dict[int, str]]:
    """What the table of fields changes, and what is wrong by the student's id.

    A field that is as the page showed it changes nothing, whatever others have entered since.
    """
    changes, wrong = [], {}
    seen = dict(_opened(form.get("seen", "")))
    for student in students:
        text = form.get(f"mark-{student.pk}")
        if text is None:
            continue
        try:
            after = mark_from(text, marked) if text.strip() else None
        except NoMark as problem:
            wrong[student.pk] = str(problem)
            continue
        was = seen.get(student.pk)
        if after != was and after != before.get(student.pk):
            changes.append(MarkChange(student, before.get(student.pk), after))
    return changes, wrong


def pasted(lines: Sequence[PastedLine], before: Mapping[int, Decimal]) -> list[MarkChange]:
    """What a table changes."""
    known = [(one.student, one.value) for one in lines if one.student is not None]
    return [
        MarkChange(student, before.get(student.pk), value)
        for student, value in known
        if before.get(student.pk) != value
    ]


def kept(changes: Sequence[MarkChange]) -> str:
    """The changes for a hidden field."""
    return signing.dumps([(one.student.pk, _text(one.before), _text(one.after)) for one in changes], salt=SALT)


def seen(before: Mapping[int, Decimal]) -> str:
    """What a page shows, for a hidden field."""
    return signing.dumps([(student, str(value), "") for student, value in before.items()], salt=SALT)


def opened(text: str, students: Sequence[User]) -> list[MarkChange] | None:
    """The changes that a page kept; None if nobody wrote them here. Who has left meanwhile is left out."""
    by_id = {student.pk: student for student in students}
    try:
        rows = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return [MarkChange(by_id[pk], _number(was), _number(now)) for pk, was, now in rows if pk in by_id]


def _opened(text: str) -> list[tuple[int, Decimal | None]]:
    try:
        return [(pk, _number(was)) for pk, was, _now in signing.loads(text, salt=SALT)]
    except signing.BadSignature:
        return []


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
