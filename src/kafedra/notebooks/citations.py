"""Code that its author says was taken from somewhere: `# Source: …`, `# Источник: …`, in code or as a line of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.document import NotebookCell

_WORD: Final = r"(?:источник|source|взято из|taken from)"
_IN_CODE: Final = re.compile(rf"#+\s*{_WORD}\s*:\s*(\S.*?)\s*$", re.IGNORECASE)
_IN_TEXT: Final = re.compile(rf"^[\s>#*_-]*{_WORD}[*_]*\s*:[*_]*\s*(\S.*?)\s*$", re.IGNORECASE)
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Citation:
    """What was taken, lines `first` to `last` of a cell counted from 1, and from where, in the author's words."""

    cell: int
    first: int
    last: int
    origin: str


def citations(cells: Sequence[NotebookCell], *, given: Collection[str] = ()) -> tuple[Citation, ...]:
    """Every citation of a notebook, in order; it reaches to the next one or to the end of its cell.

    Lines in `given` are the course's own, and nobody's citation.
    """
    return tuple(found for cell in cells for found in _of(cell, {line.strip() for line in given}))


def _of(cell: NotebookCell, given: Collection[str]) -> Iterator[Citation]:
    lines = cell.source.split("\n")
    pattern = _IN_CODE if cell.kind == "code" else _IN_TEXT
    found = [
        (number, match[1][:_LONGEST])
        for number, line in enumerate(lines, 1)
        if line.strip() not in given and (match := pattern.search(line)) is not None
    ]
    ends = [*(number - 1 for number, _origin in found[1:]), len(lines)]
    for (first, origin), last in zip(found, ends[: len(found)], strict=True):
        yield Citation(cell.number, first, last, origin)
