"""The comment bank of an assignment: the course's own entries, and what reviewers found worth repeating."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from kafedra.course.review_page import ReviewPage, read_review_page
from kafedra.web.classroom import course
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb
from kafedra.web.reviews.models import BankEntry, Comment

_MARKS = re.compile(r"[*`$]+")
_SENTENCE = re.compile(r".{12,}?[.:!?](?=\s)")


@dataclass(frozen=True)
class Entry:
    """One comment to choose from. `key` stays the same while it is used; `pk` is None for the course's own."""

    key: str
    text: str
    taken_off: Decimal
    used: int
    pk: int | None = None

    @property
    def title(self) -> str:
        """The first line, to choose by."""
        return first_words(self.text)


def first_words(text: str, length: int = 80) -> str:
    """How a comment begins, as plain words: its first sentence, or as much of it as fits."""
    line = _MARKS.sub("", text.strip().split("\n", 1)[0]).strip("#>-_ ")
    sentence = _SENTENCE.match(line)
    words = sentence[0].rstrip(".:") if sentence else line
    return words if len(words) <= length else f"{words[:length].rpartition(' ')[0]} …"


def review_page(assignment: str) -> ReviewPage:
    """What the course says to reviewers of the assignment; an empty page if it says nothing."""
    found = course.current().assignments.get(assignment)
    return read_review_page(found.root) if found else ReviewPage()


def entries(assignment: str) -> tuple[Entry, ...]:
    """Everything to choose from, the most used first. Two queries."""
    keys = Comment.objects.filter(review__submission__repository__assignment=assignment, removed=False)
    used = Counter(keys.exclude(bank_key="").values_list("bank_key", flat=True))
    rows = BankEntry.objects.filter(assignment=assignment, hidden=False).order_by("pk")
    own = [Entry(key, one.text, one.taken_off, used[key], one.pk) for one in rows for key in [f"row:{one.pk}"]]
    ready = [
        Entry(key, one.text, one.taken_off, used[key])
        for one in review_page(assignment).entries
        for key in [f"file:{_digest(one.text)}"]
    ]
    return tuple(sorted([*ready, *own], key=lambda entry: -entry.used))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
    record(who=by, verb=Verb.BANK_ADDED, about=row, label=assignment, after=_recorded(row))
    return row


@transaction.atomic
def change(*, entry: BankEntry, text: str, taken_off: Decimal, by: User) -> None:
    """Say it better; comments already made with it stay as they are."""
    before = _recorded(entry)
    entry.text, entry.taken_off = text.strip(), taken_off
    if _recorded(entry) != before:
        entry.save(update_fields=["text", "taken_off"])
        record(
            who=by, verb=Verb.BANK_CHANGED, about=entry, label=entry.assignment, before=before, after=_recorded(entry)
        )


@transaction.atomic
def hide(*, entry: BankEntry, by: User) -> None:
    """Offer it no more; comments made with it stay."""
    if BankEntry.objects.filter(pk=entry.pk, hidden=False).update(hidden=True):
        record(who=by, verb=Verb.BANK_HIDDEN, about=entry, label=entry.assignment, before=_recorded(entry))


def _recorded(entry: BankEntry) -> dict[str, Value]:
    return {"text": entry.text, "taken_off": entry.taken_off}
