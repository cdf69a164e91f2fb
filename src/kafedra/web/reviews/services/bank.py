"""Writes of the comment bank: it grows with use, entries are said better, or offered no more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.reviews import verbs
from kafedra.web.reviews.bank import entries
from kafedra.web.reviews.models import BankEntry, Comment


@transaction.atomic
def grow(*, assignment: str, comments: Sequence[Comment], by: User) -> None:
    """Keep for next time what takes points off and what was marked to be kept, unless it is there already."""
    known = {entry.text.strip(): entry.key for entry in entries(assignment)}
    for comment in comments:
        text = comment.text.strip()
        wanted = comment.into_bank or (comment.taken_off and not comment.bank_key)
        if text in known:
            key = known[text]
        elif wanted:
            row = add(assignment=assignment, text=text, taken_off=comment.taken_off, by=by)
            key = known[text] = f"row:{row.pk}"
        else:
            continue
        Comment.objects.filter(pk=comment.pk).update(bank_key=key)


@transaction.atomic
def add(*, assignment: str, text: str, taken_off: Decimal, by: User) -> BankEntry:
    """Offer one more comment."""
    row = BankEntry.objects.create(assignment=assignment, text=text.strip(), taken_off=taken_off, created_by=by)
    record(who=by, verb=verbs.BANK_ADDED, about=row, label=assignment, after=_recorded(row))
    return row


@transaction.atomic
def change(*, entry: BankEntry, text: str, taken_off: Decimal, by: User) -> None:
    """Say it better; comments already made with it stay as they are."""
    before = _recorded(entry)
    entry.text, entry.taken_off = text.strip(), taken_off
    if _recorded(entry) != before:
        entry.save(update_fields=["text", "taken_off"])
        record(
            who=by, verb=verbs.BANK_CHANGED, about=entry, label=entry.assignment, before=before, after=_recorded(entry)
        )


@transaction.atomic
def hide(*, entry: BankEntry, by: User) -> None:
    """Offer it no more; comments made with it stay."""
    if BankEntry.objects.filter(pk=entry.pk, hidden=False).update(hidden=True):
        record(who=by, verb=verbs.BANK_HIDDEN, about=entry, label=entry.assignment, before=_recorded(entry))


def _recorded(entry: BankEntry) -> dict[str, Value]:
    return {"text": entry.text, "taken_off": entry.taken_off}
