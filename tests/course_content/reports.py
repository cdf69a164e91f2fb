"""What the tests of the assignments share: a report read so that a failed test shows well, an assignment cut short."""

from __future__ import annotations

import ast
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Report

HOMEWORK = Path(__file__).parents[2] / "course" / "homework"


def lost(report: Report) -> dict[str, str]:
    """The tests that gave less than they could, and why."""
    return {test.id: f"{test.outcome}: {test.message}" for test in report.tests if test.points < test.max_points}


def split(report: Report) -> dict[str, Decimal]:
    """What each file of tests is worth."""
    points: defaultdict[str, Decimal] = defaultdict(Decimal)
    for test in report.tests:
        points[test.id.partition("::")[0]] += test.max_points
    return dict(points)


def names_of_tests(source: str) -> list[str]:
    functions = [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return [name for name in functions if name.startswith("test_")]


def cut_short(slug: str, folder: Path, *, points: Decimal, keep: Callable[[str], bool]) -> Assignment:
    """A copy of the assignment in ``folder`` with the tests whose names ``keep`` likes, worth ``points`` in all."""
    copy = folder / slug
    shutil.copytree(HOMEWORK / slug, copy, ignore=shutil.ignore_patterns("mutants", "solutions", "__pycache__"))
    for path in (copy / "tests").glob("test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        dropped = {name for name in names_of_tests(path.read_text("utf-8")) if not keep(name)}
        tree.body = [node for node in tree.body if getattr(node, "name", "") not in dropped]
        path.write_text(ast.unparse(tree), "utf-8")
    description = copy / "assignment.toml"
    text = re.sub(r"(?m)^points = .*$", f"points = {points}", description.read_text("utf-8"))
    description.write_text(text, "utf-8")
    return load_assignment(copy)
