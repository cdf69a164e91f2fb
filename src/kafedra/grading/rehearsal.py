"""The notebook with its answers, run from top to bottom in the sandbox, within the assignment's own limits.

The time is the longer of a minute and what grading has: a notebook loads libraries, draws, and tries things out.

Grading takes only the definitions out of a notebook; a student runs all of it. A rehearsal is an assignment of one
test, whose probe calls the notebook's cells one after another, and then looks whether the figures of the statement are
what the cells gave.
"""

from __future__ import annotations

import ast
import contextlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, Limits, first_files, load_assignment
from kafedra.grading.grader import Grader
from kafedra.grading.report import Report
from kafedra.notebooks import build_solution_notebook, claims_of, read_submission

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
import ast
import contextlib

CELLS = {cells!r}
CLAIMS = {claims!r}
KNOWN = {known!r}


def run_all_cells():
    names = {{"__name__": "__main__"}}
    for number, source in CELLS:
        try:
            exec(compile(source, f"cell {{number}}", "exec"), names)
        except Exception as error:
            raise RuntimeError(f"cell {{number}}: {{type(error).__name__}}: {{error}}") from error
    hold(names)
    return len(CELLS)


def hold(names):
    import math
    from statistics import mean
    from types import SimpleNamespace

    known = {{name: SimpleNamespace(**constants) for name, constants in KNOWN.items()}}
    names = {{"mean": mean, "math": math, **names, **known, "given": lambda *numbers: True}}
    wrong = [message for claim in CLAIMS if (message := broken(*claim, names))]
    if wrong:
        raise RuntimeError("the notebook gives other figures: " + "; ".join(wrong))


def broken(line, text, expression, names):
    where = f"notebook.py:{{line}}: «{{text[-80:]}}»: {{expression}}"
    try:
        return "" if eval(expression, names) else f"{{where}} is false{{''.join(sides(expression, names))}}"
    except Exception as error:
        return f"{{where}} fails with {{type(error).__name__}}: {{error}}"


def sides(expression, names):
    for part in ast.walk(ast.parse(expression, mode="eval")):
        for side in (part.left, *part.comparators) if isinstance(part, ast.Compare) else ():
            if not isinstance(side, ast.Constant):
                with contextlib.suppress(Exception):
                    yield f", {{ast.unparse(side)}} is {{eval(ast.unparse(side), names)!r:.60}}"
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
        claims = [(claim.line, claim.text, claim.expression) for claim in claims_of(assignment)]
        program = _PROGRAM.format(cells=cells, claims=claims, known=_known(assignment))
        files = {f"{_SLUG}.py": program.encode(), **beside}
        return grader.grade(load_assignment(folder), files, seed=0, language="en")


def _known(assignment: Assignment) -> dict[str, dict[str, object]]:
    """What a figure's mark may refer to beside the notebook: constants of tests and pictures, by module; the limits."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in _modules(assignment)}
    return {
        **{module: dict(_constants(tree)) for module, tree in trees.items()},
        "limits": {name: value for name, value in vars(assignment.limits).items() if isinstance(value, int | float)},
    }


def _modules(assignment: Assignment) -> list[Path]:
    pictures = assignment.root / "pictures.py"
    return [*sorted(assignment.tests_dir.glob("*.py")), *([pictures] if pictures.is_file() else [])]


def _constants(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Names that stand for a literal in a module; several may be set at once."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = [*zip(target.elts, value.elts, strict=False)]
            for name, literal in pairs:
                with contextlib.suppress(ValueError):
                    if isinstance(name, ast.Name):
                        yield name.id, ast.literal_eval(literal)


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
