"""What is published: all that a student may see of a review. Drafts and claims are out of reach from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from kafedra.notebooks.rendering import RenderedCell
from kafedra.web.frame.prose import prose
from kafedra.web.people.models import User
from kafedra.web.reviews.bank import first_words
from kafedra.web.reviews.models import Message, Publication
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.notebooks import rendered


@dataclass(frozen=True)
class Said:
    """One message of the conversation."""

    author: User
    by_staff: bool
    text: str
    at: datetime

    @property
    def html(self) -> SafeString:
        """The words, as safe HTML."""
        return prose(self.text)


@dataclass(frozen=True)
class PublishedComment:
    """One comment as the student reads it, with what was said about it since."""

    uid: UUID
    cell: int
    text: str
    taken_off: Decimal
    messages: tuple[Said, ...] = ()

    @property
    def html(self) -> SafeString:
        """The words, as safe HTML."""
        return prose(self.text)

    @property
    def reason(self) -> str:
        """The first words, for the arithmetic."""
        return first_words(self.text)


@dataclass(frozen=True)
class Published:
    """The review of one submission that counts, and the conversation about it as a whole."""

    number: int
    published_at: datetime
    published_by: User
    taken_off: Decimal
    comments: tuple[PublishedComment, ...]

    @property
    def deductions(self) -> tuple[PublishedComment, ...]:
        """The comments that take points off."""
        return tuple(comment for comment in self.comments if comment.taken_off)

    @property
    def by_cell(self) -> dict[int, list[PublishedComment]]:
        """Comments by the cell they are on; 0 is the whole work."""
        found: dict[int, list[PublishedComment]] = defaultdict(list)
        for comment in self.comments:
            found[comment.cell].append(comment)
        return dict(found)


@dataclass(frozen=True)
class OnReport:
    """The review as the page of a submission shows it: comments in their cells, and the conversation.

    `withdrawn`: comments that are no longer in the review, but that were talked about.
    """

    review: Published | None
    on_the_whole: tuple[PublishedComment, ...] = ()
    cells: tuple[tuple[RenderedCell, list[PublishedComment]], ...] = ()
    messages: tuple[Said, ...] = ()
    withdrawn: tuple[PublishedComment, ...] = ()


def on_report(submission: Submission) -> OnReport:
    """What is published about one submission. The notebook is read only if cells of it are commented on."""
    review, said = published(submission), conversation(submission)
    messages, gone = said.get(None, ()), withdrawn(submission, review, said)
    if review is None or not review.comments:
        return OnReport(review, messages=messages, withdrawn=gone)
    by_cell = review.by_cell
    cells = tuple((cell, by_cell.pop(cell.number)) for cell in rendered(submission) if cell.number in by_cell)
    # What is left is about the whole work, or about cells of a notebook that can't be shown.
    return OnReport(review, tuple(comment for rest in by_cell.values() for comment in rest), cells, messages, gone)


def published(submission: Submission) -> Published | None:
    """The newest publication, or None. Two queries, and one more for the messages."""
    versions = Publication.objects.filter(review__submission=submission).select_related("published_by")
    newest = versions.order_by("-number").first()
    return None if newest is None else _published(newest, conversation(submission))


def conversation(submission: Submission) -> dict[UUID | None, tuple[Said, ...]]:
    """What was said, by the comment it is about; None: about the review as a whole."""
    found: dict[UUID | None, list[Said]] = defaultdict(list)
    for row in Message.objects.filter(submission=submission).select_related("author"):
        if row.text:
            found[row.comment].append(Said(row.author, row.by_staff, row.text, row.at))
    return {about: tuple(said) for about, said in found.items()}


def withdrawn(
    submission: Submission, review: Published | None, said: Mapping[UUID | None, Sequence[Said]]
) -> tuple[PublishedComment, ...]:
    """Comments that were talked about and that the newest version holds no more, in their last words. One query."""
    there = {comment.uid for comment in review.comments} if review else set()
    if not any(about not in there for about in said if about):
        return ()
    gone = (one for one in ever_published(submission, said).values() if one.uid not in there)
    return tuple(one for one in gone if one.messages)


def ever_published(submission: Submission, said: Mapping[UUID | None, Sequence[Said]]) -> dict[UUID, PublishedComment]:
    """Every comment that was ever published about the submission, in its newest words. One query."""
    versions = Publication.objects.filter(review__submission=submission).order_by("number")
    return {comment.uid: comment for version in versions for comment in comments_of(version, said)}


def _published(row: Publication, said: Mapping[UUID | None, Sequence[Said]]) -> Published:
    return Published(
        number=row.number,
        published_at=row.published_at,
        published_by=row.published_by,
        taken_off=row.taken_off,
        comments=comments_of(row, said),
    )


def comments_of(row: Publication, said: Mapping[UUID | None, Sequence[Said]]) -> tuple[PublishedComment, ...]:
    """The comments of one publication, each with what was said about it."""
    entries: list[dict[str, Any]] = row.document["comments"]
    return tuple(
        PublishedComment(
            uid=UUID(entry["uid"]),
            cell=entry["cell"],
            text=entry["text"],
            taken_off=Decimal(entry["taken_off"]),
            messages=tuple(said.get(UUID(entry["uid"]), ())),
        )
        for entry in entries
        if entry["text"].strip()
    )
