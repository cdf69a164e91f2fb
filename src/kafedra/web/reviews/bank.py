"""The comment bank of an assignment: the course's own entries, and what reviewers found worth repeating."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from kafedra.course.review_page import ReviewPage, read_review_page
from kafedra.notebooks.formulas import plain_formula
from kafedra.web.reviews.models import BankEntry, Comment
from kafedra.web.runs import course

_MARKS = re.compile(r"[*`$]+")
_FORMULA = re.compile(r"\$\$?(?!\s)([^$]+?)(?<!\s)\$\$?(?!\d)")
_SENTENCE = re.compile(r".{12,}?[.:!?](?=\s)")


@dataclass(frozen=True)
class OfferedComment:
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
    first = _FORMULA.sub(lambda found: plain_formula(found[1]), text.strip().split("\n", 1)[0])
    line = _MARKS.sub("", first).strip("#>-_ ")
    sentence = _SENTENCE.match(line)
    words = sentence[0].rstrip(".:") if sentence else line
    return words if len(words) <= length else f"{words[:length].rpartition(' ')[0]} …"


def review_page(assignment: str) -> ReviewPage:
    """What the course says to reviewers of the assignment; an empty page if it says nothing."""
    found = course.current().assignments.get(assignment)
    return read_review_page(found.root) if found else ReviewPage()


def entries(assignment: str) -> tuple[OfferedComment, ...]:
    """Everything to choose from, the most used first. Two queries."""
    comments = Comment.objects.filter(review__submission__repository__assignment=assignment, removed=False)
    said = comments.exclude(bank_key="").values_list("bank_key", flat=True)
    used = Counter(key for keys in said for key in keys.split())
    rows = BankEntry.objects.filter(assignment=assignment, hidden=False).order_by("pk")
    own = [OfferedComment(key, one.text, one.taken_off, used[key], one.pk) for one in rows for key in [f"row:{one.pk}"]]
    ready = [
        OfferedComment(key, one.text, one.taken_off, used[key])
        for one in review_page(assignment).entries
        for key in [f"file:{_digest(one.text)}"]
    ]
    return tuple(sorted([*ready, *own], key=lambda entry: -entry.used))


def entry(assignment: str, key: str) -> OfferedComment | None:
    """The entry with this key, if there is one to choose."""
    return next((one for one in entries(assignment) if one.key == key), None)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
