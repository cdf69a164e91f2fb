"""Which sentence of a statement is held by which test: the author's marks in `notebook.py`.

What the student is asked stands below the heading «Правила» ("Rules"), and from a paragraph that begins with
**Задача.** or **Порог.** (**Task.**, **Threshold.**) to the next heading or the end of its cell. There each list item
and each paragraph ends with a mark, a comment that no reader of the notebook sees; elsewhere a paragraph may:

    # * `label` — a number, from zero. <!-- test_items, test_parts -->

A mark names the tests that hold what stands before it, back to the previous mark or the beginning of the paragraph; one
that ends with a colon or a formula goes on in the next. In place of tests it may say who else holds it: ``review`` (a
person), ``forbidden`` (the list in assignment.toml), or ``note`` where nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kafedra.notebooks.figures import MARK as FIGURES
from kafedra.notebooks.percent import Cell

OTHERS: Final = ("review", "forbidden", "note")

_MARK: Final = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_HEADING: Final = re.compile(r"^#+ .*$", re.MULTILINE)
_RULES: Final = re.compile(r"#+ (Правила|Rules)\s*")
_TASK: Final = re.compile(r"^\*\*(Задача|Порог|Task|Threshold)\.\*\*", re.MULTILINE)
_ITEM: Final = re.compile(r"^(?:[*-]|\d+\.) ", re.MULTILINE)
_NOT_PROSE: Final = re.compile(r"^(#|!\[|\||```|\$\$)")


@dataclass(frozen=True)
class Rule:
    """What the statement says on ``line`` of notebook.py and who holds it; nobody, if the mark is missing."""

    line: int
    text: str
    held_by: tuple[str, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        return tuple(name for name in self.held_by if name not in OTHERS)


def without_marks(source: str) -> str:
    """Prose as its readers see it."""
    return _MARK.sub("", source)


def _without_figures(source: str) -> str:
    """The marks of figures say nothing of tests; every other letter keeps its place."""
    return FIGURES.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), source)


def rules(cells: Sequence[Cell]) -> tuple[Rule, ...]:
    """Every rule of the statement, in order."""
    prose = (cell for cell in cells if cell.kind == "markdown" and not cell.is_solution)
    return tuple(
        Rule(_line(cell, one.begin), _plain(one.text), one.names) for cell in prose for one in sayings(cell.source)
    )


@dataclass(frozen=True)
class Saying:
    """A piece of prose from ``begin`` to ``end`` and the names in its mark, which stands at ``end``."""

    begin: int
    end: int
    text: str
    names: tuple[str, ...]


def sayings(source: str) -> Iterator[Saying]:
    """What a text cell asks: all of its tasks and rules, and of the rest what has a mark."""
    begin, said, source = 0, "", _without_figures(source)
    for (at, block), (_, following) in pairwise([*_blocks(source), (0, "")]):
        place = at
        for mark in _MARK.finditer(block):
            piece = block[place - at : mark.start()]
            begin = begin if said.strip() else place + _margin(piece)
            yield Saying(begin, at + mark.start(), f"{said} {piece}", _names(mark[1]))
            place, said = at + mark.end(), ""
        rest = block[place - at :]
        begin = begin if said.strip() else place + _margin(rest)
        said = f"{said} {rest}"
        if said.rstrip().endswith((":", "$$", "→")) or following.startswith("$$"):
            continue
        if said.strip() and _asked(source, begin):
            yield Saying(begin, at + len(block.rstrip()), said, ())
        said = ""
    if said.strip() and _asked(source, begin):
        yield Saying(begin, len(source.rstrip()), said, ())


def _asked(source: str, place: int) -> bool:
    """Whether something is asked of the student there: below the heading of the rules, or in a task."""
    starts = [(found.end(), bool(_RULES.fullmatch(found[0]))) for found in _HEADING.finditer(source, 0, place)]
    starts += [(found.start(), True) for found in _TASK.finditer(source) if found.start() <= place]
    return max(starts, default=(0, False))[1]


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip())


def _blocks(source: str) -> Iterator[tuple[int, str]]:
    """Paragraphs and list items with their places; headings, pictures, tables and code aside."""
    place = 0
    for paragraph in re.split(r"(\n\s*\n)", source):
        cuts = [0, *(found.start() for found in _ITEM.finditer(paragraph) if found.start()), len(paragraph)]
        for left, right in pairwise(cuts):
            block = paragraph[left:right]
            if block.strip() and (block.startswith("$$") or not _NOT_PROSE.match(block)):
                yield place + left, block
        place += len(paragraph)


def _line(cell: Cell, place: int) -> int:
    return cell.line + cell.source.count("\n", 0, place)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"^\s*(?:[*-]|\d+\.) |\*\*", "", text).split())


def _names(mark: str) -> tuple[str, ...]:
    return tuple(name for name in re.split(r"[\s,]+", mark.strip()) if name)
