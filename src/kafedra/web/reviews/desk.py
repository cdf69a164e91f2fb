"""What lies on a reviewer's desk: the notebook with its changes, the draft, what was said before, the points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from kafedra import policy
from kafedra.notebooks.comparing import CellChange, DiffLine, compare_cells
from kafedra.notebooks.document import Notebook
from kafedra.notebooks.rendering import RenderedCell
from kafedra.web.reviews.earlier import Earlier, Hint, OtherDraft, earlier_review, hints_of, other_drafts
from kafedra.web.reviews.models import Comment, Review
from kafedra.web.standings.pushed import Mark
from kafedra.web.submissions import notebooks
from kafedra.web.submissions.models import Submission

MODES = ("starter", "reviewed", "all")


@dataclass(frozen=True)
class DeskCell:
    """One cell. `change` is against what the mode compares with; a removed cell has no `rendered`.

    `wanted`: the page has something more to show in it.
    """

    change: CellChange
    rendered: RenderedCell | None
    comments: tuple[Comment, ...] = ()
    hints: tuple[Hint, ...] = ()
    wanted: bool = False

    @property
    def number(self) -> int:
        """Counts the cells of the submission; 0 for a removed one."""
        return self.rendered.number if self.rendered else 0

    @property
    def lines(self) -> tuple[DiffLine, ...]:
        """What changed inside it; nothing for cells that are the same, or new as a whole."""
        return self.change.lines if self.change.kind in ("changed", "removed") else ()

    @property
    def quiet(self) -> bool:
        """Nothing to read here that the reviewer doesn't know."""
        return self.change.kind == "same" and not self.comments and not self.hints and not self.wanted


@dataclass(frozen=True)
class Block:
    """Neighbouring cells, folded away together when none of them is news."""

    folded: bool
    cells: tuple[DeskCell, ...]


@dataclass(frozen=True)
class Desk:
    """Everything but the frame of the page. `elsewhere`: drafts about other submissions of this work."""

    mode: str
    problem: str
    blocks: tuple[Block, ...]
    more_cells: int
    draft: Review | None
    comments: tuple[Comment, ...]
    hints: tuple[Hint, ...]
    earlier: Earlier | None
    changed_since: int
    elsewhere: tuple[OtherDraft, ...]

    @property
    def revision(self) -> int:
        """Of the draft as this page shows it."""
        return self.draft.revision if self.draft else 0

    @property
    def all_hints(self) -> tuple[Hint, ...]:
        """What the last review said and the draft doesn't repeat, wherever it belongs."""
        return (*self.hints, *(hint for block in self.blocks for cell in block.cells for hint in cell.hints))

    @property
    def on_the_whole(self) -> tuple[Comment, ...]:
        """Comments on the work as a whole."""
        return tuple(comment for comment in self.comments if comment.cell == 0)


def desk(submission: Submission, mode: str, wanted: int | None = None) -> Desk:
    """The desk for one submission; an unknown `mode` is the first that makes sense. The cell `wanted` is in sight."""
    opened, earlier = notebooks.submitted(submission), earlier_review(submission)
    mode = mode if mode in MODES and (mode != "reviewed" or earlier) else ("reviewed" if earlier else "starter")
    draft = Review.objects.filter(submission=submission).first()
    comments = draft_comments(draft)
    reviewed = notebooks.submitted(earlier.submission).notebook if earlier else Notebook(())
    since = compare_cells(reviewed.cells, opened.notebook.cells) if earlier else ()
    hints = hints_of(earlier, since, comments)
    base = reviewed if mode == "reviewed" else notebooks.starter(submission.repository).notebook
    changes = since if mode == "reviewed" else compare_cells(base.cells, opened.notebook.cells)
    cells = _cells(changes, notebooks.rendered(submission), comments, hints, wanted)
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
        elsewhere=other_drafts(submission, comments),
    )


def draft_comments(draft: Review | None) -> tuple[Comment, ...]:
    """The comments of a draft in the order of their cells."""
    if draft is None:
        return ()
    return tuple(draft.comments.filter(removed=False).select_related("author", "changed_by"))


def draft_score(mark: Mark, taken_off: Decimal, whole: Decimal | None = None) -> policy.Score | None:
    """What the submission would be worth with the draft published; None until there is a report.

    `whole` are the points of an assignment without tests, which the review gives.
    """
    if mark.attempt is None:
        return None
    points = mark.attempt.points if whole is None or mark.by_hand else whole
    return policy.score(replace(mark.attempt, points=points, taken_off=taken_off), mark.deadline, mark.late)


def _cells(
    changes: Sequence[CellChange],
    rendered: Sequence[RenderedCell],
    comments: Iterable[Comment],
    hints: Iterable[Hint],
    wanted: int | None,
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
            wanted=change.cell.number == wanted,
        )
        for change in changes
    ]


def _blocks(cells: Sequence[DeskCell], *, fold: bool) -> tuple[Block, ...]:
    runs = groupby(cells, key=lambda cell: fold and cell.quiet)
    return tuple(Block(folded, tuple(group)) for folded, group in runs)
