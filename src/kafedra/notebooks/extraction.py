"""From a notebook to a module: the definitions that the assignment asks for, and all that they rest on.

What the student *defined* is graded, not what the notebook *does*: training loops, plots and prints are
left behind. Where a name is defined several times the last definition counts, as it would after
running all cells; cell order, ids, tags, deleted and duplicated cells make no difference.
"""

from __future__ import annotations

import ast
import bisect
import builtins
import difflib
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kafedra.notebooks.messages import Note, UnusableSubmission
from kafedra.notebooks.reading import MAX_CELLS, MAX_CODE_KB, SubmittedSource
from kafedra.notebooks.statements import CellContents, Statement, parse_cell

_MAX_STATEMENTS: Final = 20_000
_MAX_NOTES: Final = 20
_BUILTINS: Final = frozenset(dir(builtins)) | {"__name__", "__file__", "__doc__", "__builtins__"}


@dataclass(frozen=True)
class ExtractedModule:
    """The student's module.

    ``text`` is made of the student's own lines; ``line_map`` takes a line of it (from 1) to the cell
    and the line in that cell; ``missing`` are required names without a definition, and ``unread`` says of
    those among them that stand in a skipped cell why it was skipped; ``tree`` is the parsed ``text``.
    """

    text: str
    missing: tuple[str, ...]
    line_map: Mapping[int, tuple[int, int]]
    warnings: tuple[Note, ...]
    tree: ast.Module
    unread: Mapping[str, Note] = field(default_factory=dict)


def extract(
    source: SubmittedSource, required: Sequence[str], *, given: Collection[str] = frozenset()
) -> ExtractedModule:
    """The last definition of each ``required`` name with everything it depends on, ready to be run.

    ``given`` are names that the student's version has from the start: none of them is a misspelt one.

    Raises :class:`UnusableSubmission` only where the file as a whole is beyond reason.
    """
    cells = list(_parsed(source))
    graph = _Dependencies([statement for contents in cells for statement in contents.statements])
    missing = tuple(name for name in required if name not in graph.definitions)
    graph.want(required)
    notes = [note for contents in cells for note in contents.notes]
    notes += _absences(graph, source, cells)
    unread = {name: contents.notes[0] for name in missing for contents in cells if name in contents.unread}
    notes += _misspellings(graph, [name for name in missing if name not in unread], {*required, *given})
    text, line_map = _assemble(graph.in_order())
    return ExtractedModule(text, missing, line_map, tuple(notes[:_MAX_NOTES]), ast.parse(text), unread)


def _parsed(source: SubmittedSource) -> Iterator[CellContents]:
    total = 0
    for cell in source.cells:
        contents = parse_cell(cell)
        total += len(contents.statements)
        if total > _MAX_STATEMENTS:
            sizes: dict[str, str | int] = {"cells": len(source.cells), "size": f"> {_MAX_STATEMENTS} lines"}
            limits: dict[str, str | int] = {"max_cells": MAX_CELLS, "max_size": MAX_CODE_KB}
            raise UnusableSubmission("too-much-code", {"name": source.kind, **sizes, **limits})
        yield contents


class _Dependencies:
    """Which statements are needed, and which of them must run before which."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.definitions: dict[str, list[int]] = {}
        for index, statement in enumerate(statements):
            for name in statement.defines:
                self.definitions.setdefault(name, []).append(index)
        self.unresolved = set[str]()
        self._now: dict[int, set[int]] = {}
        self._later: dict[int, set[int]] = {}

    def want(self, names: Sequence[str]) -> None:
        """Take the last definition of each name, and all that those need."""
        queue: list[tuple[str, int, set[int] | None]] = [(name, len(self.statements), None) for name in names]
        seen = set[tuple[str, int]]()
        while queue:
            name, before, edges = queue.pop()
            index = self._definition(name, before)
            if index is None:
                self.unresolved.add(name)
                continue
            if edges is not None:
                edges.add(index)
            queue += self._needs(index)
            statement = self.statements[index]
            if statement.partial and (name, index) not in seen and self.definitions[name][0] < index:
                queue.append((name, index, self._now[index]))
            seen.add((name, index))

    def _definition(self, name: str, before: int) -> int | None:
        """The last definition above ``before``; in a notebook run out of order, the last one below."""
        places = self.definitions.get(name)
        if not places:
            return None
        above = bisect.bisect_left(places, before)
        return places[above - 1]  # places[-1], the last one, if there is none above

    def _needs(self, index: int) -> list[tuple[str, int, set[int] | None]]:
        """What the statement needs, once: what it reads as it runs comes from above, the rest from anywhere."""
        if index in self._now:
            return []
        now, later = self._now.setdefault(index, set()), self._later.setdefault(index, set())
        statement, end = self.statements[index], len(self.statements)
        wanted: list[tuple[str, int, set[int] | None]] = [(name, index, now) for name in statement.needs_now]
        return wanted + [(name, end, later) for name in statement.needs_later]

    def in_order(self) -> list[Statement]:
        """The needed statements in source order, except that nothing runs before what it reads."""
        unknown = self.unresolved - _BUILTINS
        everything = enumerate(self.statements)
        stars = [i for i, statement in everything if statement.is_star_import] if unknown else []
        futures = [i for i, statement in enumerate(self.statements) if statement.is_future_import]
        order = _topological([*futures, *stars, *sorted(self._now)], self._now, self._later)
        return [self.statements[index] for index in order]


def _topological(starts: Sequence[int], now: Mapping[int, set[int]], later: Mapping[int, set[int]]) -> list[int]:
    """Depth-first without recursion: a chain of definitions may be as long as a stranger likes.

    A statement that needs ``f`` now may call it, so all that ``f`` needs later goes first as well.
    """
    order, entered, placed, deep_done = list[int](), set[int](), set[int](), set[int]()
    stack = [(start, False, False) for start in reversed(starts)]
    while stack:
        index, deep, leaving = stack.pop()
        if leaving:
            if index not in placed:
                placed.add(index)
                order.append(index)
            continue
        finished = index in deep_done or (index in placed and not deep)
        if finished or (index in entered and index not in placed):
            continue
        entered.add(index)
        stack.append((index, deep, True))
        needed = now.get(index, set())
        if deep:
            deep_done.add(index)
            needed = needed | later.get(index, set())
        stack += [(other, True, False) for other in sorted(needed, reverse=True)]
    return order


def _assemble(statements: Sequence[Statement]) -> tuple[str, dict[int, tuple[int, int]]]:
    lines, line_map = list[str](), dict[int, tuple[int, int]]()
    for statement in statements:
        for offset, line in enumerate(statement.text.split("\n")):
            lines.append(line)
            line_map[len(lines)] = (statement.cell, statement.line + offset)
    return "\n".join(lines) + "\n" if lines else "", line_map


def _absences(graph: _Dependencies, source: SubmittedSource, cells: Sequence[CellContents]) -> Iterator[Note]:
    """Why a name may not be there: it is set by a loop."""
    for name in sorted(graph.unresolved - _BUILTINS):
        for cell, contents in zip(source.cells, cells, strict=True):
            if name in contents.set_in_loops:
                yield Note("loop-only", {"name": name, "cell": cell.number})
                break


def _misspellings(graph: _Dependencies, missing: Sequence[str], proper: Collection[str]) -> Iterator[Note]:
    """Names that look like a missing one; MyReLU is no misspelt MyELU where both are asked for or given."""
    own = (name for name in graph.definitions if name not in proper and len(name) < 60)
    known = {name.lower(): name for name in itertools.islice(own, 500)}
    for name in missing:
        if close := difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.8):
            yield Note("similar-name", {"name": name, "similar": known[close[0]]})
