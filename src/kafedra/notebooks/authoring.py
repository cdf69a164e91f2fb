"""The one source of an assignment's notebooks, `notebook.py`, and its two readings.

In a cell tagged ``solution`` the lines between ``# BEGIN SOLUTION`` and ``# END SOLUTION`` are the author's answer;
the student finds there the lines marked ``# STUB:`` or, if there are none, an invitation to write code and
``raise NotImplementedError``. A ``solution`` cell without markers is the answer as a whole. A cell tagged ``folded``
(tools that nobody needs to read) is shown closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kafedra.course import Language, Problem
from kafedra.notebooks.percent import SOLUTION_TAG, BuildError, Cell, read_cells
from kafedra.notebooks.rules import without_marks

ANSWER_TAG: Final = "answer"

_BEGIN: Final = re.compile(r"(?P<indent>\s*)# BEGIN SOLUTION\s*")
_END: Final = re.compile(r"\s*# END SOLUTION\s*")
_STUB: Final = re.compile(r"\s*# STUB: ?(?P<text>.*)")
_MARKER: Final = re.compile(r"^\s*#+\s*(BEGIN|END)[ _]SOLUTION|^\s*#\s*STUB\b", re.IGNORECASE | re.MULTILINE)
INVITATIONS: Final[Mapping[Language, Mapping[str, str]]] = {
    "ru": {"code": "# Ваш код здесь", "markdown": "*Ваш ответ здесь*"},
    "en": {"code": "# Your code here", "markdown": "*Your answer here*"},
}


@dataclass(frozen=True)
class Answer:
    """What the author wrote in one place of ``cell``, from ``line`` of the file on, and what the student finds."""

    cell: Cell
    line: int
    solution: str
    stub: str


def read_source(text: str) -> tuple[Cell, ...]:
    """The cells of a percent file. Raises :class:`BuildError` with every marker that is where it means nothing."""
    cells = read_cells(text)
    problems = [problem for cell in cells for problem in _blank(cell, "en").problems]
    if problems:
        raise BuildError(problems)
    return cells


def student_cells(cells: Sequence[Cell], language: Language = "ru") -> tuple[Cell, ...]:
    """The cells with every answer replaced by its stub; ``language`` is that of the invitation to write."""
    return tuple(_read_by_others(_blank(cell, language).cell) for cell in cells)


def solution_cells(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with every answer in place and without the markers."""
    return tuple(_read_by_others(replace(cell, source=_unmarked(cell.source))) for cell in cells)


def answers(cells: Sequence[Cell], language: Language) -> tuple[Answer, ...]:
    """Every place where the student has to write something."""
    return tuple(answer for cell in cells for answer in _blank(cell, language).answers)


def _read_by_others(cell: Cell) -> Cell:
    """The cell without the author's marks in its prose."""
    return replace(cell, source=without_marks(cell.source)) if cell.kind == "markdown" else cell


def _unmarked(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not _MARKER.match(line))


@dataclass
class _Blank:
    """The student's version of a cell, its answers, and the marks that mean nothing."""

    cell: Cell
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _blank(cell: Cell, language: Language) -> _Blank:
    lines = cell.source.split("\n")
    if not cell.is_solution:
        marks = (place for place, line in enumerate(lines) if _MARKER.match(line))
        message = f'is in a cell without the tag "{SOLUTION_TAG}", so that nothing would be hidden'
        problems = [cell.problem(cell.line + place, lines[place].strip(), message) for place in marks]
        return _Blank(cell, problems=problems[:1])
    blank = _Blank(replace(cell, tags=tuple(ANSWER_TAG if tag == SOLUTION_TAG else tag for tag in cell.tags)))
    if not _MARKER.search(cell.source):
        whole = Answer(cell, cell.line, cell.source, INVITATIONS[language][cell.kind])
        blank.cell, blank.answers = replace(blank.cell, source=whole.stub), [whole]
        return blank
    kept = list[str]()
    for part in _parts(cell, lines, language):
        if isinstance(part, Problem):
            blank.problems.append(part)
        elif isinstance(part, Answer):
            blank.answers.append(part)
            kept += part.stub.split("\n")
        else:
            kept.append(part)
    blank.cell = replace(blank.cell, source="\n".join(kept))
    return blank


def _parts(cell: Cell, lines: Sequence[str], language: Language) -> Iterator[str | Answer | Problem]:
    """The lines of a solution cell, each marked region as one :class:`Answer`, each mark out of place as a problem."""
    begin: tuple[int, str] | None = None
    region = list[str]()
    for number, line in enumerate(lines, start=cell.line):
        if found := _BEGIN.fullmatch(line):
            if begin is not None:
                yield cell.problem(number, line.strip(), "comes twice: the END SOLUTION of the first one is missing")
            begin, region = (number, found["indent"]), []
        elif _END.fullmatch(line):
            if begin is None:
                yield cell.problem(number, line.strip(), "stands without BEGIN SOLUTION above it")
            else:
                yield _answer(cell, *begin, region, language)
            begin = None
        elif begin is not None:
            region.append(line)
        elif _MARKER.match(line):
            yield cell.problem(number, line.strip(), "is misspelt or outside of BEGIN SOLUTION … END SOLUTION")
        else:
            yield line
    if begin is not None:
        yield cell.problem(begin[0], "# BEGIN SOLUTION", "stands without END SOLUTION below it")


def _answer(cell: Cell, line: int, indent: str, region: Sequence[str], language: Language) -> Answer | Problem:
    stubs = [match["text"] for text in region if (match := _STUB.fullmatch(text))]
    solution = [text for text in region if not _STUB.fullmatch(text)]
    if not any(text.strip() for text in solution):
        return cell.problem(line, "# BEGIN SOLUTION", "an empty solution: nothing stands before END SOLUTION")
    invitation = (INVITATIONS[language]["code"], "raise NotImplementedError")
    stub = "\n".join((indent + text).rstrip() for text in stubs or invitation)
    return Answer(cell, line + 1, "\n".join(solution), stub)
