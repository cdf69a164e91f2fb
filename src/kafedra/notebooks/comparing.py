"""What changed between two notebooks, cell by cell and inside a cell line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from kafedra.notebooks.aligning import Effort, aligned
from kafedra.notebooks.document import NotebookCell

# Beyond this, cells are paired by their place.
_MAX_PAIRS: Final = 2_500
_COST_OF_A_LINE: Final = 5
_CONTEXT: Final = 3


@dataclass(frozen=True)
class DiffLine:
    """One line of a changed cell; ``fold`` stands for as many lines as ``hidden`` says that are the same.

    ``whole`` says that what follows was not compared line by line: the old lines, then the new ones; ``cut``, that
    ``hidden`` more lines are not shown.
    """

    kind: Literal["same", "added", "removed", "fold", "whole", "cut"]
    text: str = ""
    hidden: int = 0


@dataclass(frozen=True)
class CellChange:
    """How one cell of the new notebook came about; for ``removed`` the cell is one of the old notebook."""

    kind: Literal["same", "changed", "new", "removed"]
    cell: NotebookCell
    before: NotebookCell | None = None
    effort: Effort = field(default_factory=Effort, compare=False, repr=False)

    @cached_property
    def lines(self) -> tuple[DiffLine, ...]:
        """The difference line by line."""
        if self.kind == "removed":
            return _clipped([DiffLine("removed", line) for line in self.cell.source.split("\n")], self.effort)
        return compare_lines(self.before.source if self.before else "", self.cell.source, self.effort)


def compare_cells(old: Sequence[NotebookCell], new: Sequence[NotebookCell]) -> tuple[CellChange, ...]:
    """Every cell of ``new`` in order, with the removed ones of ``old`` where they were."""
    effort = Effort()
    changes: list[CellChange] = []
    opcodes, _ = aligned([_content(cell) for cell in old], [_content(cell) for cell in new], effort)
    for operation, start, end, first, last in opcodes:
        if operation == "equal":
            pairs = zip(old[start:end], new[first:last], strict=True)
            changes += [CellChange("same", cell, before) for before, cell in pairs]
        else:
            changes += _replaced(old[start:end], new[first:last], effort)
    return tuple(changes)


def compare_lines(before: str, after: str, effort: Effort | None = None) -> tuple[DiffLine, ...]:
    """Lines taken away and put in, with a little of what is around them, as far as ``effort`` goes."""
    effort = Effort() if effort is None else effort
    old, new = before.split("\n") if before else [], after.split("\n")
    if not effort.lines:
        return (DiffLine("cut", hidden=len(old) + len(new)),)
    opcodes, line_by_line = aligned(old, new, effort)
    lines: list[DiffLine] = []
    for operation, start, end, first, last in opcodes:
        if operation == "equal":
            lines += [DiffLine("same", line) for line in old[start:end]]
        else:
            lines += [] if line_by_line else [DiffLine("whole")]
            lines += [DiffLine("removed", line) for line in old[start:end]]
            lines += [DiffLine("added", line) for line in new[first:last]]
    return _clipped(list(_folded(lines)), effort)


def _clipped(lines: Sequence[DiffLine], effort: Effort) -> tuple[DiffLine, ...]:
    """As many lines as the page still has room for."""
    shown = lines[: effort.lines]
    effort.lines -= len(shown)
    return (*shown, DiffLine("cut", hidden=len(lines) - len(shown))) if len(shown) < len(lines) else tuple(shown)


def _content(cell: NotebookCell) -> tuple[str, str]:
    return cell.kind, "\n".join(line.rstrip() for line in cell.source.strip().split("\n"))


def _replaced(old: Sequence[NotebookCell], new: Sequence[NotebookCell], effort: Effort) -> Iterator[CellChange]:
    """Pairs keep their order, so a cell that was moved is a removed one and a new one."""
    place, taken = 0, 0
    for before, after in [*_pairs(old, new, effort), (len(old), len(new))]:
        yield from (CellChange("removed", cell, effort=effort) for cell in old[place:before])
        yield from (CellChange("new", cell, effort=effort) for cell in new[taken:after])
        if before < len(old):
            yield CellChange("changed", new[after], old[before], effort)
        place, taken = before + 1, after + 1


def _pairs(old: Sequence[NotebookCell], new: Sequence[NotebookCell], effort: Effort) -> list[tuple[int, int]]:
    """Which cell became which: the pairing in order whose cells are most alike."""
    before, after = [_counted(cell) for cell in old], [_counted(cell) for cell in new]
    cost = len(old) * sum(map(len, after)) + len(new) * sum(map(len, before))
    if len(old) * len(new) > _MAX_PAIRS or not effort.covers(cost * _COST_OF_A_LINE):
        return [(place, place) for place in range(min(len(old), len(new))) if old[place].kind == new[place].kind]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [
        [_likeness(*one, *other) for other in zip(new, after, strict=True)] for one in zip(old, before, strict=True)
    ]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _counted(cell: NotebookCell) -> Counter[str]:
    return Counter(cell.source.split("\n"))


def _likeness(one: NotebookCell, first: Counter[str], other: NotebookCell, second: Counter[str]) -> float:
    """2 for the same cell by its id; else the share of common lines, and a little for being of one kind."""
    if one.id and one.id == other.id:
        return 2.0
    if one.kind != other.kind:
        return 0.0
    return 0.01 + 2 * (first & second).total() / (first.total() + second.total())


def _folded(lines: Sequence[DiffLine]) -> Iterator[DiffLine]:
    changed = [place for place, line in enumerate(lines) if line.kind != "same"]
    near = {place for one in changed for place in range(one - _CONTEXT, one + _CONTEXT + 1)}
    hidden = 0
    for place, line in enumerate(lines):
        if place in near:
            if hidden:
                yield DiffLine("fold", hidden=hidden)
            hidden = 0
            yield line
        else:
            hidden += 1
    if hidden:
        yield DiffLine("fold", hidden=hidden)
