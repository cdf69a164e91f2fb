"""The one source of an assignment's notebooks, `notebook.py`, and its two readings.

It is a jupytext *percent* file. In a cell tagged ``solution`` the lines between ``# BEGIN SOLUTION`` and
``# END SOLUTION`` are the author's answer; the student finds there the lines marked ``# STUB:`` or, if
there are none, an invitation to write code and ``raise NotImplementedError``. A ``solution`` cell without
markers is the answer as a whole. A cell tagged ``folded`` (tools that nobody needs to read) is shown closed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

SOLUTION_TAG: Final = "solution"
ANSWER_TAG: Final = "answer"
FOLDED_TAG: Final = "folded"

_BEGIN: Final = re.compile(r"(?P<indent>\s*)# BEGIN SOLUTION\s*")
_END: Final = re.compile(r"\s*# END SOLUTION\s*")
_STUB: Final = re.compile(r"\s*# STUB: ?(?P<text>.*)")
_MARKER: Final = re.compile(r"^\s*#+\s*(BEGIN|END)[ _]SOLUTION|^\s*#\s*STUB\b", re.IGNORECASE | re.MULTILINE)
_INVITATION: Final = ("# Ваш код здесь", "raise NotImplementedError")
_WHOLE_CELL: Final = {"code": "# Ваш код здесь", "markdown": "*Ваш ответ здесь*"}


class BuildError(Exception):
    """The assignment cannot be built; the message says which file and what to change."""


@dataclass(frozen=True)
class Cell:
    """One cell of the source. ``kind`` is ``code`` or ``markdown``."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()

    @property
    def is_solution(self) -> bool:
        return SOLUTION_TAG in self.tags


@dataclass(frozen=True)
class Answer:
    """What the author wrote in one place, and what the student finds there."""

    cell: int
    solution: str
    stub: str


def read_source(text: str) -> tuple[Cell, ...]:
    """The cells of a percent file. Raises :class:`BuildError` if a marker is where it means nothing."""
    import jupytext  # type: ignore[import-untyped]  # it ships no types; the base install has no jupytext

    notebook = jupytext.reads(text, fmt="py:percent")
    cells = tuple(
        Cell(cell.cell_type, cell.source.strip("\n"), tuple(cell.metadata.get("tags", ()))) for cell in notebook.cells
    )
    for number, cell in enumerate(cells, start=1):
        if not cell.is_solution and _MARKER.search(cell.source):
            raise BuildError(f'notebook.py, cell {number}: SOLUTION markers, but no tag "{SOLUTION_TAG}"')
        _blank(number, cell)  # raises where markers do not pair
    return cells


def student_cells(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with every answer replaced by its stub."""
    return tuple(_blank(number, cell)[0] for number, cell in enumerate(cells, start=1))


def solution_cells(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with every answer in place and without the markers."""
    return tuple(Cell(cell.kind, _unmarked(cell.source), cell.tags) for cell in cells)


def answers(cells: Sequence[Cell]) -> tuple[Answer, ...]:
    """Every place where the student has to write something."""
    return tuple(answer for number, cell in enumerate(cells, start=1) for answer in _blank(number, cell)[1])


def notebook_json(cells: Sequence[Cell]) -> str:
    """A version 4.5 notebook, the same bytes for the same cells; ids are made from the sources."""
    taken = set[str]()
    document = {
        "cells": [_cell_json(cell, taken) for cell in cells],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cell_json(cell: Cell, taken: set[str]) -> dict[str, Any]:
    salt, identifier = 0, ""
    while not identifier or identifier in taken:
        identifier = hashlib.sha256(f"{salt}\n{cell.kind}\n{cell.source}".encode()).hexdigest()[:8]
        salt += 1
    taken.add(identifier)
    document: dict[str, Any] = {"cell_type": cell.kind}
    if cell.kind == "code":
        document["execution_count"] = None
    metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
    if FOLDED_TAG in cell.tags:
        metadata = {"jupyter": {"source_hidden": True}, **metadata}
    document |= {"id": identifier, "metadata": metadata}
    if cell.kind == "code":
        document["outputs"] = []
    return document | {"source": cell.source.splitlines(keepends=True)}


def _unmarked(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not _MARKER.match(line))


def _blank(number: int, cell: Cell) -> tuple[Cell, list[Answer]]:
    """The student's version of a cell, and its answers."""
    if not cell.is_solution:
        return cell, []
    tags = tuple(ANSWER_TAG if tag == SOLUTION_TAG else tag for tag in cell.tags)
    if not _MARKER.search(cell.source):
        whole = Answer(number, cell.source, _WHOLE_CELL[cell.kind])
        return Cell(cell.kind, whole.stub, tags), [whole]
    lines, found = list[str](), list[Answer]()
    for part in _parts(number, cell.source.split("\n")):
        if isinstance(part, Answer):
            found.append(part)
            lines += part.stub.split("\n")
        else:
            lines.append(part)
    return Cell(cell.kind, "\n".join(lines), tags), found


def _parts(number: int, lines: Sequence[str]) -> Iterator[str | Answer]:
    """The lines of a solution cell, each marked region as one :class:`Answer`."""
    indent: str | None = None
    region = list[str]()
    for line in lines:
        if begin := _BEGIN.fullmatch(line):
            if indent is not None:
                raise BuildError(f"notebook.py, cell {number}: BEGIN SOLUTION twice, END SOLUTION is missing")
            indent, region = begin["indent"], []
        elif _END.fullmatch(line):
            if indent is None:
                raise BuildError(f"notebook.py, cell {number}: END SOLUTION without BEGIN SOLUTION")
            yield _answer(number, indent, region)
            indent = None
        elif indent is not None:
            region.append(line)
        elif _MARKER.match(line):
            raise BuildError(f"notebook.py, cell {number}: a marker is misspelt or outside a solution: {line.strip()}")
        else:
            yield line
    if indent is not None:
        raise BuildError(f"notebook.py, cell {number}: BEGIN SOLUTION without END SOLUTION")


def _answer(number: int, indent: str, region: Sequence[str]) -> Answer:
    stubs = [match["text"] for line in region if (match := _STUB.fullmatch(line))]
    solution = [line for line in region if not _STUB.fullmatch(line)]
    if not any(line.strip() for line in solution):
        raise BuildError(f"notebook.py, cell {number}: an empty solution")
    stub = "\n".join((indent + text).rstrip() for text in stubs or _INVITATION)
    return Answer(number, "\n".join(solution), stub)
