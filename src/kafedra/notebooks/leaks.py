"""Does anything that a student gets give an answer or a hidden test away?"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kafedra.course import Language, Problem
from kafedra.notebooks.authoring import Answer, answers, student_cells
from kafedra.notebooks.percent import SOURCE_NAME, Cell
from kafedra.notebooks.student_tests import mention

_SHORT: Final = 20  # letters; a one-liner such as `return x` may stand elsewhere by chance
_FENCED: Final = re.compile(r"^\s*(```|~~~)[^\n]*\n(.*?)^\s*\1", re.MULTILINE | re.DOTALL)
_DEFINITION: Final = re.compile(r"^\s*(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class _Place:
    """Something that a student gets: its text, and where the author wrote it."""

    file: Path
    line: int
    text: str
    is_prose: bool = False

    def codes(self) -> list[str]:
        """What in it may be code: all of it, or of prose the fenced blocks too."""
        fenced = [found[2] for found in _FENCED.finditer(self.text)] if self.is_prose else []
        return [self.text, *fenced]

    def line_of(self, first: str) -> int:
        """The line of the file where what begins with this line of code stands; where the text begins, if nowhere."""
        wanted = _raw(first)
        lines = self.text.split("\n")
        return next((self.line + at for at, line in enumerate(lines) if wanted and wanted in _raw(line)), self.line)


def leaks(
    cells: Sequence[Cell], files: Iterable[tuple[Path, str]], hidden: Iterable[str], language: Language
) -> Iterator[Problem]:
    """Every answer of ``cells`` and name of a ``hidden`` test that stands in the student's notebook or ``files``."""
    blank = student_cells(cells, language)
    places = [_Place(file, 1, text) for file, text in files]
    places += [_Place(SOURCE_NAME, cell.line, cell.source, cell.kind == "markdown") for cell in blank]
    known = [(place, [_squeezed(code) for code in place.codes()]) for place in places]
    for answer in answers(cells, language):
        yield from _given_away(answer, known)
    for name in hidden:
        for place in places:
            if (at := mention(place.text, name)) is not None:
                message = "the hidden test is mentioned where students read it"
                yield Problem(place.file, place.line + at - 1, name, None, message)


def _given_away(answer: Answer, known: Iterable[tuple[_Place, list[str]]]) -> Iterator[Problem]:
    solution, raw = _squeezed(answer.solution), _raw(answer.solution)
    first = next(line for line in answer.solution.split("\n") if line.strip())
    if solution == _squeezed(answer.stub):
        yield answer.cell.problem(answer.line, first.strip(), "the stub is the solution: change one of them")
        return
    for place, codes in known:
        if len(solution) > _SHORT:
            found = raw in _raw(place.text) or any(solution in code for code in codes)
        else:
            found = place.is_prose and _stands_in_a_definition(answer, place)
        if found:
            message = f"the solution of notebook.py:{answer.line} is given away here"
            yield Problem(place.file, place.line_of(first), "solution", first.strip(), message)


def _stands_in_a_definition(answer: Answer, place: _Place) -> bool:
    """Whether a block of code in prose defines what the answer belongs to, with the answer's own line."""
    above = "\n".join(answer.cell.source.split("\n")[: answer.line - answer.cell.line])
    names = _DEFINITION.findall(above)
    raw = _raw(answer.solution)
    for code in place.codes()[1:]:
        if names and names[-1] in _DEFINITION.findall(code) and raw in map(_raw, code.split("\n")):
            return True
    return False


def _squeezed(text: str) -> str:
    """Code without comments and layout, so that reformatting hides nothing; prose without spaces."""
    try:
        tree = ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError):
        return _raw(text)
    return re.sub(r"\s", "", ast.unparse(tree))


def _raw(text: str) -> str:
    """The text without comments and spaces, and with one kind of quotes: as it is, whatever it is."""
    return re.sub(r"#[^\n]*|\s", "", text).replace('"', "'")
