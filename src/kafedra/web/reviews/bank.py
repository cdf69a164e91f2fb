"""The comment bank of an assignment: the course's own entries, and what reviewers found worth repeating."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from kafedra.course.review_page import ReviewPage, read_review_page
from kafedra.web.classroom import course
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
