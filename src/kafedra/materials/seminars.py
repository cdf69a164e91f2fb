"""The two notebooks of a seminar, from its one source: the student's with blanks, and the solved one.

The source is written as an assignment's notebook is. Besides, one cell is tagged ``seed`` and sets ``SEED``, and each
blank is followed by a cell tagged ``check``, which fails with a message that teaches as long as the blank is one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from kafedra.course.problems import Problem
from kafedra.course.topics import TopicMaterials
from kafedra.notebooks.authoring import read_source, solution_cells, student_cells
from kafedra.notebooks.ipynb import notebook_json
from kafedra.notebooks.percent import BuildError, Cell

Variant = Literal["student", "solved"]

SEED_TAG: Final = "seed"
CHECK_TAG: Final = "check"
_SEED: Final = re.compile(r"^SEED = \d+$", re.MULTILINE)
_INTO_THE_COURSE: Final = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?:\.\./|lecture\.md)[^)\s]*\)")


@dataclass(frozen=True)
class Blank:
    """One place to fill in: numbers of cells, from 0. `group` are the blanks that share its `check`."""

    cell: int
    group: tuple[int, ...]
    check: int


@dataclass(frozen=True)
class Seminar:
    """The cells of a topic's seminar, as its author wrote them."""

    path: Path
    cells: tuple[Cell, ...]

    def solved(self, seed: int = 0) -> tuple[Cell, ...]:
        """The cells with every answer in place, with another seed."""
        return tuple(_seeded(cell, seed) for cell in solution_cells(self.cells))

    def student(self) -> tuple[Cell, ...]:
        """The cells with every answer replaced by its blank."""
        return student_cells(self.cells)

    def of(self, variant: Variant) -> tuple[Cell, ...]:
        """The cells of one of the two notebooks."""
        return self.solved() if variant == "solved" else self.student()

    def blanks(self) -> tuple[Blank, ...]:
        """Every code cell that the student completes. Raises :class:`BuildError` if one has no check after it."""
        code = [number for number, cell in enumerate(self.cells) if cell.kind == "code" and cell.source.strip()]
        found, group = list[Blank](), list[int]()
        for number in code:
            cell = self.cells[number]
            if cell.is_solution:
                group.append(number)
            elif group and CHECK_TAG in cell.tags:
                found += [Blank(one, tuple(group), number) for one in group]
                group = []
            elif group:
                break
        if group:
            message = f'the next cell of code after it must be tagged "{CHECK_TAG}"'
            raise BuildError([Problem(Path(self.path.name), self.cells[group[0]].line, "blank", None, message)])
        return tuple(found)


def read_seminar(topic: TopicMaterials) -> Seminar:
    """The seminar of a topic. Raises :class:`BuildError`, which names the line."""
    try:
        cells = read_source(topic.seminar.read_text("utf-8"))
    except BuildError as error:
        raise BuildError(replace(one, file=Path(topic.seminar.name)) for one in error.problems) from None
    return Seminar(topic.seminar, cells)


def notebook(topic: TopicMaterials, variant: Variant) -> bytes:
    """The file to download, nothing executed; the same bytes for the same source."""
    return notebook_json(taken_away(read_seminar(topic).of(variant))).encode()


def taken_away(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells of a file that leaves the course: what led to its other files is words there, and no dead link."""
    return tuple(
        replace(cell, source=_INTO_THE_COURSE.sub(r"\1", cell.source)) if cell.kind == "markdown" else cell
        for cell in cells
    )


def seminar_problems(topic: TopicMaterials, root: Path) -> Iterator[Problem]:
    """What can be seen without running it: a seed, a check after each blank, code that parses."""
    shown = topic.seminar.relative_to(root)
    try:
        seminar = read_seminar(topic)
        seminar.blanks()
    except BuildError as error:
        yield from (one.below(shown.parent) for one in error.problems)
        return
    seeds = [cell for cell in seminar.cells if SEED_TAG in cell.tags]
    if len(seeds) != 1 or not _SEED.search(seeds[0].source):
        yield Problem(shown, None, "", None, f'one cell must be tagged "{SEED_TAG}" and say: SEED = 0')
    for number, cell in enumerate(seminar.solved()):
        if cell.kind == "code" and (reason := _unreadable(cell)):
            yield Problem(shown, cell.line, "", None, f"cell {number + 1} is not Python: {reason}")


def _seeded(cell: Cell, seed: int) -> Cell:
    return replace(cell, source=_SEED.sub(f"SEED = {seed}", cell.source)) if SEED_TAG in cell.tags else cell


def _unreadable(cell: Cell) -> str | None:
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        return f"{error.msg}, line {error.lineno} of the cell"
    return None


def code_of(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    """The cells of code that are not empty, with their numbers from 0."""
    return [(number, cell.source) for number, cell in enumerate(cells) if cell.kind == "code" and cell.source.strip()]
