"""What lies on a reviewer's desk: the notebook with its changes, the draft, the last review, the points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from kafedra import policy
from kafedra.notebooks.comparing import CellChange, Line, compare_cells
from kafedra.notebooks.document import Notebook
from kafedra.notebooks.rendering import RenderedCell
from kafedra.web.classroom.models import Submission
from kafedra.web.classroom.selectors import Mark
from kafedra.web.reviews import notebooks
from kafedra.web.reviews.models import Comment, Publication, Review
from kafedra.web.reviews.published import PublishedComment, comments_of

MODES = ("starter", "reviewed", "all")


@dataclass(frozen=True)
class Hint:
    """A comment of the last review of this work. `cell` is where its cell went (0: gone, or the whole work)."""

    comment: PublishedComment
    cell: int
    unchanged: bool


@dataclass(frozen=True)
class DeskCell:
    """One cell. `change` is against what the mode compares with; a removed cell has no `rendered`."""

    change: CellChange
    rendered: RenderedCell | None
    comments: tuple[Comment, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def number(self) -> int:
        """Counts the cells of the submission; 0 for a removed one."""
        return self.rendered.number if self.rendered else 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """What changed inside it; nothing for cells that are the same, or new as a whole."""
        return self.change.lines if self.change.kind in ("changed", "removed") else ()

    @property
    def quiet(self) -> bool:
        """Nothing to read here that the reviewer doesn't know."""
        return self.change.kind == "same" and not self.comments and not self.hints


@dataclass(frozen=True)
class Block:
    """Neighbouring cells, folded away together when none of them is news."""

    folded: bool
    cells: tuple[DeskCell, ...]


@dataclass(frozen=True)
class Earlier:
    """The last review of another submission of the same work."""

    submission: Submission
    publication: Publication


@dataclass(frozen=True)
class Desk:
    """Everything but the frame of the page."""

    mode: str
    problem: str
    blocks: tuple[Block, ...]
    more_cells: int
    draft: Review | None
    comments: tuple[Comment, ...]
    hints: tuple[Hint, ...]
    earlier: Earlier | None
    changed_since: int

    @property
    def revision(self) -> int:
        """Of the draft as this page shows it."""
        return self.draft.revision if self.draft else 0

    @property
    def on_the_whole(self) -> tuple[Comment, ...]:
        """Comments on the work as a whole."""
        return tuple(comment for comment in self.comments if comment.cell == 0)


def desk(submission: Submission, mode: str) -> Desk:
    """The desk for one submission; an unknown `mode` is the first that makes sense."""
    opened, earlier = notebooks.submitted(submission), earlier_review(submission)
    mode = mode if mode in MODES and (mode != "reviewed" or earlier) else ("reviewed" if earlier else "starter")
    draft = Review.objects.filter(submission=submission).first()
    comments = draft_comments(draft)
    reviewed = notebooks.submitted(earlier.submission).notebook if earlier else Notebook(())
    since = compare_cells(reviewed.cells, opened.notebook.cells) if earlier else ()
    hints = tuple(_hints(earlier, since, comments))
    base = reviewed if mode == "reviewed" else notebooks.starter(submission.repository).notebook
    changes = since if mode == "reviewed" else compare_cells(base.cells, opened.notebook.cells)
    cells = _cells(changes, notebooks.rendered(submission), comments, hints)
    return Desk(
        mode=mode,
        problem=opened.problem,
        blocks=_blocks(cells, fold=mode != "all" and bool(base.cells)),
        more_cells=opened.notebook.more,
        draft=draft,
        comments=comments,
        hints=tuple(hint for hint in hints if hint.cell == 0),
        earlier=earlier,
        changed_since=sum(change.kind != "same" for change in since),
    )


def draft_comments(draft: Review | None) -> tuple[Comment, ...]:
    """The comments of a draft in the order of their cells."""
    if draft is None:
        return ()
    return tuple(draft.comments.filter(removed=False).select_related("author", "changed_by"))


def earlier_review(submission: Submission) -> Earlier | None:
    """The newest publication about another submission of the same repository."""
    versions = Publication.objects.filter(review__submission__repository=submission.repository_id)
    others = versions.exclude(review__submission=submission).select_related(
        "review__submission__repository__run", "review__submission__repository__student", "published_by"
    )
    # Only the newest version of each review counts, so the newest of all is one of those.
    newest = others.order_by("-published_at", "-pk").first()
    return None if newest is None else Earlier(newest.review.submission, newest)


def draft_score(mark: Mark, taken_off: Decimal) -> policy.Score | None:
    """What the submission would be worth with the draft published; None until there is a report."""
    if mark.attempt is None:
        return None
    return policy.score(replace(mark.attempt, taken_off=taken_off), mark.deadline, mark.late)


def _hints(earlier: Earlier | None, since: Sequence[CellChange], draft: Iterable[Comment]) -> Iterator[Hint]:
    """What the last review said and the draft doesn't repeat."""
    if earlier is None:
        return
    went = {change.before.number: change for change in since if change.before is not None}
    repeated = {comment.text for comment in draft}
    for comment in comments_of(earlier.publication, {}):
        if comment.text not in repeated:
            change = went.get(comment.cell)
            yield Hint(comment, change.cell.number if change else 0, change is not None and change.kind == "same")


def _cells(
    changes: Sequence[CellChange],
    rendered: Sequence[RenderedCell],
    comments: Iterable[Comment],
    hints: Iterable[Hint],
) -> list[DeskCell]:
    by_number = {cell.number: cell for cell in rendered}
    said: Mapping[int, list[Comment]] = defaultdict(list)
    for comment in comments:
        said[comment.cell].append(comment)
    hinted: Mapping[int, list[Hint]] = defaultdict(list)
    for hint in hints:
        hinted[hint.cell].append(hint)
    return [
        DeskCell(change, None)
        if change.kind == "removed"
        else DeskCell(
            change,
            by_number[change.cell.number],
            tuple(said[change.cell.number]),
            tuple(hinted[change.cell.number]),
        )
        for change in changes
    ]


def _blocks(cells: Sequence[DeskCell], *, fold: bool) -> tuple[Block, ...]:
    runs = groupby(cells, key=lambda cell: fold and cell.quiet)
    return tuple(Block(folded, tuple(group)) for folded, group in runs)
