"""The conversation about a submission, thread by thread, and which threads wait for the staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from kafedra.web.reviews.models import Message
from kafedra.web.reviews.published import PublishedComment, Said, ever_published
from kafedra.web.submissions.models import Submission

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Thread:
    """What was said about one comment, or about the whole review (`about` is None).

    `comment` is the comment as the student read it last; None if there is none, or it was never published.
    """

    about: UUID | None
    messages: tuple[Said, ...]
    comment: PublishedComment | None
    open: bool


def unanswered(turns: Iterable[tuple[K, bool, V]]) -> dict[K, V]:
    """By open thread, what came with the student's first turn that nobody of the staff has answered.

    `turns` are thread, whether by the staff, and anything, in the order of time.
    """
    found: dict[K, V] = {}
    for thread, by_staff, value in turns:
        if by_staff:
            found.pop(thread, None)
        else:
            found.setdefault(thread, value)
    return found


def threads_of(submission: Submission) -> tuple[Thread, ...]:
    """Everything said about one submission, the open threads first. Two queries, none more if nothing was said."""
    rows = list(Message.objects.filter(submission=submission).select_related("author"))
    if not rows:
        return ()
    waits = unanswered((row.comment, row.by_staff, row.at) for row in rows)
    said: dict[UUID | None, list[Said]] = defaultdict(list)
    for row in rows:
        if row.text:
            said[row.comment].append(Said(row.author, row.by_staff, row.text, row.at))
    known = ever_published(submission, {}) if any(said) else {}
    found = [
        Thread(about, tuple(turns), known.get(about) if about else None, about in waits)
        for about, turns in said.items()
    ]
    return tuple(sorted(found, key=lambda thread: not thread.open))
