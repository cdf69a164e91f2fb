"""What was said about other submissions of a work: the last review of it, and drafts that nobody has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from kafedra.notebooks.comparing import CellChange, compare_cells
from kafedra.web.reviews.models import Comment, Publication
from kafedra.web.reviews.published import PublishedComment, comments_of
from kafedra.web.submissions import notebooks
from kafedra.web.submissions.models import Submission


@dataclass(frozen=True)
class Earlier:
    """The last review of another submission of the same work."""

    submission: Submission
    publication: Publication


@dataclass(frozen=True)
class Hint:
    """A comment of the last review of this work. `cell` is where its cell went (0: gone, or the whole work)."""

    comment: PublishedComment
    cell: int
    unchanged: bool


@dataclass(frozen=True)
class OtherDraft:
    """What was written about another submission and never published: the comments not repeated here yet."""

    submission: Submission
    comments: tuple[Comment, ...]


def earlier_review(submission: Submission) -> Earlier | None:
    """The newest publication about another submission of the same repository."""
    versions = Publication.objects.filter(review__submission__repository=submission.repository_id)
    others = versions.exclude(review__submission=submission).select_related(
        "review__submission__repository__run", "review__submission__repository__student", "published_by"
    )
    # Only the newest version of each review counts, so the newest of all is one of those.
    newest = others.order_by("-published_at", "-pk").first()
    return None if newest is None else Earlier(newest.review.submission, newest)


def hints_of(earlier: Earlier | None, since: Sequence[CellChange], draft: Iterable[Comment]) -> tuple[Hint, ...]:
    """What the last review said and the draft doesn't repeat."""
    return tuple(_hints(earlier, since, draft)) if earlier else ()


def _hints(earlier: Earlier, since: Sequence[CellChange], draft: Iterable[Comment]) -> Iterator[Hint]:
    went, repeated, typed = places(since), set[UUID | None](), set[tuple[int, str]]()
    for one in draft:
        repeated.add(one.repeats)
        if one.repeats is None:
            typed.add((one.cell, one.text))
    for comment in comments_of(earlier.publication, {}):
        change = went.get(comment.cell)
        cell = change.cell.number if change else 0
        if comment.uid not in repeated and (cell, comment.text) not in typed:
            yield Hint(comment, cell, change is not None and change.kind == "same")


def other_drafts(submission: Submission, draft: Iterable[Comment]) -> tuple[OtherDraft, ...]:
    """Drafts about other submissions of the same repository, the newest submission first. One query."""
    rows = Comment.objects.filter(
        review__submission__repository=submission.repository_id, review__published_revision=None, removed=False
    ).exclude(review__submission=submission)
    repeated = {one.repeats for one in draft}
    related = rows.select_related("review__submission__repository__run", "review__submission__repository__student")
    ordered = related.order_by("-review__submission__pushed_at", "-review__submission", "cell", "pk")
    kept = (one for one in ordered if one.text.strip() and one.uid not in repeated)
    return tuple(OtherDraft(of, tuple(group)) for of, group in groupby(kept, key=lambda one: one.review.submission))


def places(changes: Iterable[CellChange]) -> Mapping[int, CellChange]:
    """Where each cell of the older notebook went."""
    return {change.before.number: change for change in changes if change.before is not None}


def places_between(older: Submission, newer: Submission) -> Mapping[int, CellChange]:
    """Where each cell of one submission went in another."""
    before, after = notebooks.submitted(older).notebook, notebooks.submitted(newer).notebook
    return places(compare_cells(before.cells, after.cells))
