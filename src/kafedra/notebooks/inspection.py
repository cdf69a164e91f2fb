"""What is wrong with an assignment's own files, found before any student meets it. No code of its author is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, CourseError, Problem, ProblemLog, handed_in_as, read_assignment, read_python
from kafedra.notebooks.authoring import solution_cells, student_cells
from kafedra.notebooks.building import Draw, source_cells, student_files, work_file
from kafedra.notebooks.extraction import ExtractedModule, extract
from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.percent import SOURCE_NAME, Cell
from kafedra.notebooks.pictures import draw_pictures
from kafedra.notebooks.reading import read_submission

_UNREADABLE: Final = ("cell-syntax", "cell-unreadable", "cell-large", "statement-unusable")


def build_problems(assignment: Assignment, *, draw: Draw = draw_pictures) -> list[Problem]:
    """Everything that keeps the student version from being built, or would make right work of it impossible.

    Files are named relative to the assignment's folder. ``draw`` is how its pictures are drawn.
    """
    log = ProblemLog()
    log.attempt(student_files, assignment, draw=draw)
    with suppress(CourseError):  # told by the build
        log.problems += _cell_problems(assignment, source_cells(assignment))
    for path in assignment.solutions():
        log.problems += _solution_problems(assignment, path, log)
    return log.by_place()


def _cell_problems(assignment: Assignment, cells: Sequence[Cell]) -> Iterator[Problem]:
    """The notebook with its answers defines what is required, and each of its cells can be read, blank ones too."""
    if not assignment.is_code:
        return
    found = _extracted(assignment, assignment.notebook, work_file(assignment, solution_cells(cells)))
    yield from _missing(assignment, found, SOURCE_NAME)
    seen = set[int]()
    blank = work_file(assignment, student_cells(cells, assignment.language))
    for module in (found, _extracted(assignment, assignment.notebook, blank)):
        for note in module.warnings if module else ():
            number = note.where.cell if note.where else 0
            if note.code in _UNREADABLE and number and number not in seen:
                seen.add(number)
                cell = cells[number - 1]
                whose = "" if module is found else "what the student finds here is not Python: "
                yield Problem(SOURCE_NAME, cell.line, "", None, f"{whose}{note.message('en')}")


def _solution_problems(assignment: Assignment, path: Path, log: ProblemLog) -> Iterator[Problem]:
    shown = path.relative_to(assignment.root)
    if path.is_dir():
        files = log.attempt(handed_in_as, assignment, path) or {}
        name = next((one for one in (assignment.notebook, f"{assignment.slug}.py") if one in files), None)
        if files and name is None:
            yield Problem(shown, None, "", None, f"has no {assignment.notebook}, which is what is graded")
        elif name is not None and assignment.is_code:
            yield from _missing(assignment, _extracted(assignment, name, files[name]), shown / name)
        return
    text = log.attempt(read_python, path, shown)
    if text is not None:
        yield from _missing(assignment, _extracted(assignment, path.name, text.encode()), shown)


def _extracted(assignment: Assignment, name: str, data: bytes) -> ExtractedModule | None:
    try:
        return extract(read_submission(name, data), assignment.requires)
    except UnusableSubmission:
        return None


def _missing(assignment: Assignment, found: ExtractedModule | None, shown: Path) -> Iterator[Problem]:
    """Names that are required of students and that the author's own work doesn't define."""
    names = assignment.requires if found is None else found.missing
    if not names:
        return
    source, _ = read_assignment(assignment.root, shown_from=assignment.root)
    for name in names:
        message = f"is required of students, and {shown.as_posix()} doesn't define it"
        yield source.problem(("requires", assignment.requires.index(name)), name, message)
