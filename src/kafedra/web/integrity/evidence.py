"""The text of a submission as a case keeps it: numbered lines, what the author cites, changed files of the course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.citations import Citation, citations
from kafedra.notebooks.document import NotebookCell
from kafedra.notebooks.prose import visible
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.notebooks import ChangedFile, changed_files, starter, submitted

MAX_LINES: Final = 6_000
MAX_LINE: Final = 1_000
_SIGNS: Final = {"added": "+ ", "removed": "- ", "same": "  "}


@dataclass(frozen=True, slots=True)
class Cited:
    """Lines of the kept text that their author says were taken from `origin`."""

    first: int
    last: int
    origin: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a case keeps of one submission. Lines are counted from 1; `left_out` of them are beyond the limit."""

    lines: tuple[str, ...]
    cited: tuple[Cited, ...] = ()
    left_out: int = 0
    problem: str = ""


def read(submission: Submission) -> Evidence:
    """The notebook cell by cell, then what the push changed in files of the course, line by line.

    Whoever looks for similar work counts its lines in this text, and so do fragments.
    """
    opened = submitted(submission)
    lines, begins = list[str](), dict[int, int]()
    for cell in opened.notebook.cells:
        lines.append(_heading(cell))
        begins[cell.number] = len(lines)
        lines += cell.source.split("\n")
    for changed in changed_files(submission):
        lines += _changed(changed)
    cited = [_placed(one, begins) for one in _citations(submission, opened.notebook.cells)]
    return Evidence(
        tuple(visible(line)[:MAX_LINE] for line in lines[:MAX_LINES]),
        tuple(one for one in cited if one.last <= MAX_LINES),
        max(0, len(lines) - MAX_LINES),
        opened.problem,
    )


def _citations(submission: Submission, cells: tuple[NotebookCell, ...]) -> tuple[Citation, ...]:
    found = citations(cells)
    if not found:
        return ()
    given = starter(submission.repository).notebook.cells
    return citations(cells, given=[line for cell in given for line in cell.source.split("\n")])


def _heading(cell: NotebookCell) -> str:
    return f"# %% [{cell.number}]" if cell.kind == "code" else f"# %% [{cell.number}] {cell.kind}"


def _placed(one: Citation, begins: dict[int, int]) -> Cited:
    before = begins[one.cell]
    return Cited(before + one.first, before + one.last, visible(one.origin))


def _changed(changed: ChangedFile) -> Iterator[str]:
    yield f"# %% {changed.name}"
    for line in changed.lines:
        yield _SIGNS[line.kind] + line.text if line.kind in _SIGNS else "…"
