"""The cells of ``notebook.py``, a jupytext *percent* file, and on which lines they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from kafedra.course import CourseError, Problem

SOURCE_NAME: Final = Path("notebook.py")
SOLUTION_TAG: Final = "solution"
FOLDED_TAG: Final = "folded"
_KINDS: Final = ("code", "markdown")


class BuildError(CourseError):
    """The assignment can't be built: ``problems`` say in which of its files, on which line, what to change."""


@dataclass(frozen=True)
class Cell:
    """One cell of the source. ``kind`` is ``code`` or ``markdown``; ``line`` is where its text begins, from 1."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()
    line: int = 1

    @property
    def is_solution(self) -> bool:
        return SOLUTION_TAG in self.tags

    def problem(self, line: int, value: object, message: str) -> Problem:
        """A problem with what the cell gives away or hides, on this line of the file."""
        return Problem(SOURCE_NAME, line, SOLUTION_TAG, value, message)


def read_cells(text: str) -> tuple[Cell, ...]:
    """The cells of a percent file. Raises :class:`BuildError` where a tag can't be what its author meant."""
    import jupytext  # type: ignore[import-untyped]  # it ships no types; the base install has no jupytext

    found = jupytext.reads(text, fmt="py:percent").cells
    lines = _first_lines(text, [cell.source for cell in found])
    problems = [problem for cell, line in zip(found, lines, strict=True) for problem in _tag_problems(cell, line)]
    if problems:
        raise BuildError(problems)
    return tuple(
        Cell(cell.cell_type, cell.source.strip("\n"), tuple(cell.metadata.get("tags", ())), line)
        for cell, line in zip(found, lines, strict=True)
    )


def script(cells: Sequence[Cell]) -> str:
    """The cells as a percent file: what editors show as cells, and Python runs from top to bottom."""
    return "\n\n".join(_written(cell) for cell in cells) + "\n"


def _written(cell: Cell) -> str:
    if cell.kind == "markdown":
        return "\n".join(["# %% [markdown]", *(f"# {line}".rstrip() for line in cell.source.split("\n"))])
    return f"# %%\n{cell.source}"


def _tag_problems(cell: Any, line: int) -> Iterator[Problem]:
    """A tag that isn't what it was meant to be would give an answer away."""
    header = line - 1 or None
    if bad := cell.metadata.get("incorrectly_encoded_metadata"):
        message = 'must be written as in # %% tags=["solution"], with quotes and brackets'
        yield Problem(SOURCE_NAME, header, "tags", bad, message)
    for tag in cell.metadata.get("tags", ()):
        near = get_close_matches(str(tag).lower(), (SOLUTION_TAG, FOLDED_TAG), n=1, cutoff=0.7)
        if near and tag != near[0]:
            yield Problem(SOURCE_NAME, header, "tags", tag, f"unknown tag — did you mean '{near[0]}'?")
    if cell.cell_type not in _KINDS and SOLUTION_TAG in cell.metadata.get("tags", ()):
        yield Problem(SOURCE_NAME, header, "tags", cell.cell_type, "must be a cell of code or of Markdown")


def _first_lines(text: str, sources: Sequence[str]) -> list[int]:
    """For each cell the line where its text begins; jupytext tells the texts, not their places."""
    lines = text.split("\n")
    found, position = list[int](), 0
    for source in sources:
        own = source.strip("\n").split("\n")
        position = _index(lines, position, own[0])
        found.append(position + 1)
        position += len(own)
    return found


def _index(lines: Sequence[str], start: int, wanted: str) -> int:
    """The place of a cell's first line, which is a comment in a text cell; ``start`` if it can't be told."""
    spellings: Iterable[str] = {text.rstrip() for text in (wanted, f"# {wanted}", f"#{wanted}")}
    if not wanted.strip():
        return min(start, len(lines) - 1)
    return next((place for place in range(start, len(lines)) if lines[place].rstrip() in spellings), start)
