"""The notebook with its answers, run from top to bottom in the sandbox, within the assignment's own limits.

The time is the longer of a minute and what grading has: a notebook loads libraries, draws, and tries things out.

Grading takes only the definitions out of a notebook; a student runs all of it. A rehearsal is an assignment of one
test, whose probe calls the notebook's cells one after another.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, Limits, first_files, load_assignment
from kafedra.grading.grader import Grader
from kafedra.grading.report import Report
from kafedra.notebooks import build_solution_notebook, read_submission

_PATIENCE_SECONDS: Final = 60.0

_SLUG: Final = "rehearsal"
_DESCRIPTION: Final = """slug = "{slug}"
title = "Rehearsal"
summary = "The notebook, from top to bottom."
points = 1
requires = ["run_all_cells"]
files = [{files}]
data = [{data}]

[limits]
test_seconds = {seconds}
total_seconds = {seconds}
load_seconds = {limits.load_seconds}
memory_mb = {limits.memory_mb}
processes = {limits.processes}
file_mb = {limits.file_mb}
files = {limits.files}
output_kb = {limits.output_kb}

[environment]
programs = [{programs}]
"""
_PROBE: Final = """

def rehearse(student):
    return student.run_all_cells()
"""
_TEST: Final = '''
import probes
import pytest

from kafedra.testing import check


@pytest.mark.points("1")
def test_all_cells_run(submission):
    """Every cell runs."""
    check.equal(submission.call(probes.rehearse), {count}, call="cells that ran")
'''
_PROGRAM: Final = """
CELLS = {cells!r}


def run_all_cells():
    names = {{"__name__": "__main__"}}
    for number, source in CELLS:
        try:
            exec(compile(source, f"cell {{number}}", "exec"), names)
        except Exception as error:
            raise RuntimeError(f"cell {{number}}: {{type(error).__name__}}: {{error}}") from error
    return len(CELLS)
"""


def seconds_for(limits: Limits) -> float:
    """What the whole notebook may take, in seconds."""
    return max(_PATIENCE_SECONDS, limits.total_seconds)


def rehearse(assignment: Assignment, grader: Grader) -> Report:
    """One test, passed if every cell ran and all of them fit into the time.

    Raises :class:`~kafedra.notebooks.BuildError` and what :meth:`~kafedra.grading.Grader.grade` raises.
    """
    with tempfile.TemporaryDirectory(prefix="kafedra-rehearsal-") as name:
        built = Path(name, "built", assignment.notebook)
        build_solution_notebook(assignment, built)
        source = read_submission(built.name, built.read_bytes())
        cells = [(cell.number, cell.source) for cell in source.cells]
        beside = first_files(assignment)
        folder = _written(Path(name, _SLUG), assignment, beside, len(cells))
        files = {f"{_SLUG}.py": _PROGRAM.format(cells=cells).encode(), **beside}
        return grader.grade(load_assignment(folder), files, seed=0, language="en")


def _written(folder: Path, assignment: Assignment, beside: Iterable[str], count: int) -> Path:
    """The files of an assignment of one test."""
    (folder / "tests").mkdir(parents=True)
    description = _DESCRIPTION.format(
        slug=_SLUG,
        limits=assignment.limits,
        seconds=seconds_for(assignment.limits),
        files=_listed(beside),
        data=_listed(assignment.data),
        programs=_listed(assignment.environment.programs),
    )
    (folder / "assignment.toml").write_text(description, "utf-8")
    probes = assignment.probes.read_text("utf-8-sig") if assignment.probes.is_file() else ""
    (folder / "probes.py").write_text(probes + _PROBE, "utf-8")
    for name in assignment.data:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((assignment.root / name).read_bytes())
    (folder / "tests" / "test_rehearsal.py").write_text(_TEST.format(count=count), "utf-8")
    return folder


def _listed(names: Iterable[str]) -> str:
    return ", ".join(json.dumps(name) for name in names)
