"""What changed between two notebooks, cell by cell and inside a cell line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from kafedra.notebooks.document import NotebookCell

# Beyond these, cells are paired by their place, and a cell is shown as replaced whole.
_MAX_PAIRS: Final = 2_500
_MAX_LINES: Final = 1_200
_CONTEXT: Final = 3


@dataclass(frozen=True)
class Line:
    """One line of a changed cell; ``fold`` stands for as many lines as ``hidden`` says that are the same."""

    kind: Literal["same", "added", "removed", "fold"]
    text: str = ""
    hidden: int = 0


@dataclass(frozen=True)
class CellChange:
    """How one cell of the new notebook came about; for ``removed`` the cell is one of the old notebook."""

    kind: Literal["same", "changed", "new", "removed"]
    cell: NotebookCell
    before: NotebookCell | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The difference line by line."""
        if self.kind == "removed":
            return tuple(Line("removed", line) for line in self.cell.source.split("\n"))
        return compare_lines(self.before.source if self.before else "", self.cell.source)


def compare_cells(old: Sequence[NotebookCell], new: Sequence[NotebookCell]) -> tuple[CellChange, ...]:
    """Every cell of ``new`` in order, with the removed ones of ``old`` where they were."""
    matcher = SequenceMatcher(None, [_content(cell) for cell in old], [_content(cell) for cell in new], autojunk=False)
    changes: list[CellChange] = []
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            pairs = zip(old[start:end], new[first:last], strict=True)
            changes += [CellChange("same", cell, before) for before, cell in pairs]
        else:
            changes += _replaced(old[start:end], new[first:last])
    return tuple(changes)


def compare_lines(before: str, after: str) -> tuple[Line, ...]:
    """Lines taken away and put in, with a little of what is around them."""
    old, new = before.split("\n") if before else [], after.split("\n")
    if len(old) + len(new) > _MAX_LINES:
        return (*(Line("removed", line) for line in old), *(Line("added", line) for line in new))
    lines: list[Line] = []
    for operation, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            lines += [Line("same", line) for line in old[start:end]]
        else:
            lines += [Line("removed", line) for line in old[start:end]]
            lines += [Line("added", line) for line in new[first:last]]
    return tuple(_folded(lines))


def _content(cell: NotebookCell) -> tuple[str, str]:
    return cell.kind, "\n".join(line.rstrip() for line in cell.source.strip().split("\n"))


def _replaced(old: Sequence[NotebookCell], new: Sequence[NotebookCell]) -> Iterator[CellChange]:
    """Pairs keep their order, so a cell that was moved is a removed one and a new one."""
    place, taken = 0, 0
    for before, after in [*_pairs(old, new), (len(old), len(new))]:
        yield from (CellChange("removed", cell) for cell in old[place:before])
        yield from (CellChange("new", cell) for cell in new[taken:after])
        if before < len(old):
            yield CellChange("changed", new[after], old[before])
        place, taken = before + 1, after + 1


def _pairs(old: Sequence[NotebookCell], new: Sequence[NotebookCell]) -> list[tuple[int, int]]:
    """Which cell became which: the pairing in order whose cells are most alike."""
    if len(old) * len(new) > _MAX_PAIRS:
        return [(place, place) for place in range(min(len(old), len(new))) if old[place].kind == new[place].kind]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(one, other) for other in new] for one in old]
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


def _likeness(one: NotebookCell, other: NotebookCell) -> float:
    """2 for the same cell by its id; else the share of common lines, and a little for being of one kind."""
    if one.id and one.id == other.id:
        return 2.0
    if one.kind != other.kind:
        return 0.0
    first, second = Counter(one.source.split("\n")), Counter(other.source.split("\n"))
    return 0.01 + 2 * (first & second).total() / (first.total() + second.total())


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    changed = [place for place, line in enumerate(lines) if line.kind != "same"]
    near = {place for one in changed for place in range(one - _CONTEXT, one + _CONTEXT + 1)}
    hidden = 0
    for place, line in enumerate(lines):
        if place in near:
            if hidden:
                yield Line("fold", hidden=hidden)
            hidden = 0
            yield line
        else:
            hidden += 1
    if hidden:
        yield Line("fold", hidden=hidden)
