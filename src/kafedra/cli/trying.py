"""``kafedra assignment try``: what a student would read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kafedra.course import Assignment, handed_in_as, read_mutant
from kafedra.grading import Outcome, Report
from kafedra.grading.files import read_files


def work_files(assignment: Assignment, work: str) -> Mapping[str, bytes]:
    """A mutant or a solution of the assignment by its name, or the files of a path. Raises CourseError, OSError."""
    for path in assignment.mutants():
        if path.stem == work:
            mutant = read_mutant(path, shown_from=assignment.root)
            return mutant.files or {f"{assignment.slug}.py": mutant.code.encode()}
    for path in assignment.solutions():
        if path.stem == work:
            return handed_in_as(assignment, path)
    if not Path(work).exists():
        known = ", ".join(path.stem for path in [*assignment.solutions(), *assignment.mutants()])
        raise FileNotFoundError(f"{work} is neither a file nor a work of {assignment.slug}. There are: {known}")
    return read_files(Path(work), assignment)


def first_words(work: str, report: Report) -> Iterator[str]:
    """The first test that did not pass, and what it says."""
    lost = next((test for test in report.tests if test.outcome is not Outcome.PASSED), None)
    yield f"{work}: {report.points.normalize():f} of {report.max_points.normalize():f}"
    if lost is None:
        yield "    nothing is said: every test passed"
        return
    yield f"    {lost.title or lost.id}"
    yield from (f"        {line}" for line in (lost.message or "a hidden test, which says no more").splitlines())
