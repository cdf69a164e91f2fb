"""The tests of an assignment, collected as the judge does and not run: what is wrong with them is their author's."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest

from kafedra.course import Assignment, CourseError, Problem, read_assignment, read_python
from kafedra.course.mutant import names_caught_by
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.inspection.names import name_problems
from kafedra.grading.judge.importing import importable, pytest_alone
from kafedra.notebooks import rules_of
from kafedra.testing.plugin import BrokenTest, Plugin, Sitting, TestFacts, facts_of

_MARKS: Final = frozenset({"points", "hidden", "long", "parametrize", "usefixtures", "filterwarnings"})
_FEW: Final = 8  # tests that a sum is made of; more than that nobody adds up in a line


def collected(assignment: Assignment) -> list[Problem]:
    """What is wrong with the tests and probes; files are named relative to the assignment's folder.

    Of files that can't even be read nothing is said here: the build says it.
    """
    if not _readable(assignment):
        return []
    absent = list(_preload(assignment))
    if absent:
        return absent
    collector = _Collector(assignment.root)
    try:
        with importable(assignment) as arguments, pytest_alone():
            pytest.main(arguments, plugins=[collector])
            probes = sys.modules["probes"]
            # a module that could not be imported as a whole has too few names to say anything of it
            modules = [probes] if collector.problems else [probes, *_own_modules(assignment.root)]
            collector.problems += name_problems(assignment.root, modules, probes)
    except UnusableAssignment as error:
        return [_of_exception(error.__cause__ or error, assignment.root, Path("probes.py"))]
    return [*collector.problems, *_tests(assignment, collector)]


def _readable(assignment: Assignment) -> bool:
    try:
        for path in (assignment.probes, *sorted(assignment.tests_dir.glob("*.py"))):
            read_python(path, path)
    except CourseError:
        return False
    return True


class _Collector(Plugin):
    """Takes the tests as pytest has collected them, and the reasons why others could not be."""

    def __init__(self, root: Path) -> None:
        super().__init__(_nothing_runs)
        self._root = root
        self.items: Sequence[pytest.Item] = ()
        self.problems: list[Problem] = []

    def pytest_exception_interact(self, node: pytest.Collector, call: pytest.CallInfo[Any]) -> None:
        assert call.excinfo is not None
        error = call.excinfo.value
        self.problems.append(_of_exception(error.__cause__ or error, self._root, _shown(node.path, self._root)))

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """An exception that ends pytest, as SystemExit does."""
        self.problems.append(_of_exception(excinfo.value, self._root, Path("tests")))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        return True  # in place of the loop that would run them


def _nothing_runs(_: bool) -> Sitting:
    raise AssertionError("nothing is run")


def _preload(assignment: Assignment) -> Iterator[Problem]:
    """Modules that the judge and the sandbox load before anything else, and that this machine doesn't have."""
    source, _ = read_assignment(assignment.root, shown_from=assignment.root)
    for index, name in enumerate(assignment.environment.preload):
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - a library may fail in any way while it is loaded
            message = f"can't be imported here: {type(error).__name__}: {error}"
            yield source.problem(("environment", "preload", index), name, message)


def _tests(assignment: Assignment, collector: _Collector) -> Iterator[Problem]:
    if not collector.items and not collector.problems:
        yield Problem(Path("tests"), None, "", None, "no test_*.py has a function test_…: nothing is tested")
        return
    facts, problems = list[TestFacts](), list[Problem]()
    for item in collector.items:
        problems += _item_problems(item, assignment.root)
        try:
            facts.append(facts_of(item))
        except BrokenTest as error:
            problems.append(_of_item(item, assignment.root, error.message))
    yield from {str(problem): problem for problem in problems}.values()  # a parametrized test says it once
    tests = {_function(item) for item in collector.items}
    yield from _mutant_problems(assignment, tests)
    if not collector.problems:  # a file that can't be imported has tests that nobody sees
        yield from _statement_problems(assignment, tests)
    if not collector.problems and not problems:
        yield from _points(assignment, facts)


def _item_problems(item: pytest.Item, root: Path) -> Iterator[Problem]:
    for mark in item.iter_markers():
        if mark.name not in _MARKS:
            message = f"unknown mark — allowed here: {', '.join(sorted(_MARKS))}"
            yield _of_item(item, root, message, f"pytest.mark.{mark.name}")
    fixtures: dict[str, Any] = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]  # pytest has no other way to ask
    wanted: list[str] = getattr(item, "fixturenames", [])
    for name in wanted:
        if name not in fixtures and name != "request":
            message = "is no fixture — there are: submission, seed, rng, numpy_rng and your own"
            yield _of_item(item, root, message, name)
    if "submission" not in wanted:
        yield _of_item(item, root, "doesn't ask for `submission`, so it gives its points to everybody")


def _points(assignment: Assignment, facts: Sequence[TestFacts]) -> Iterator[Problem]:
    total = sum((one.max_points for one in facts), Decimal(0))
    if total == assignment.points:
        return
    source, _ = read_assignment(assignment.root, shown_from=assignment.root)
    parts = [f"{one.id.rpartition('::')[2]} {one.max_points}" for one in facts]
    how = ", ".join(parts) if len(parts) <= _FEW else f"{len(parts)} tests"
    yield source.problem(("points",), assignment.points, f"must be {total}, which the tests add up to ({how})")


def _mutant_problems(assignment: Assignment, tests: set[str]) -> Iterator[Problem]:
    """Tests that a mutant's header names and that there are none of."""
    for path in assignment.mutants():
        line, names = names_caught_by(path)
        for name in names:
            if name not in tests:
                yield Problem(path.relative_to(assignment.root), line, "caught_by", name, "there is no such test")


def _statement_problems(assignment: Assignment, tests: set[str]) -> Iterator[Problem]:
    """Tests that a mark of the statement names and that there are none of."""
    try:
        rules = rules_of(assignment)
    except CourseError:
        return  # the build says what is wrong with the notebook
    for rule in rules:
        for name in rule.tests:
            if name not in tests:
                yield Problem(Path("notebook.py"), rule.line, "mark", name, "there is no such test")


def _own_modules(root: Path) -> list[ModuleType]:
    """The modules of tests/ that have been loaded."""
    found = {
        file: module
        for module in list(sys.modules.values())
        if (file := getattr(module, "__file__", None)) and Path(file).is_relative_to(root / "tests")
    }
    return list(found.values())


def _of_item(item: pytest.Item, root: Path, message: str, value: str | None = None) -> Problem:
    path, line, _ = item.location
    del path  # relative to the folder of tests
    return Problem(_shown(item.path, root), None if line is None else line + 1, _function(item), value, message)


def _of_exception(error: BaseException, root: Path, otherwise: Path) -> Problem:
    """An exception of the author's code, at the last of their own lines that it passed through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(root)]
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_relative_to(root):
        place, line = _shown(Path(error.filename), root), error.lineno
    elif frames:
        place, line = _shown(Path(frames[-1].filename), root), frames[-1].lineno
    else:
        place, line = otherwise, None
    return Problem(place, line, "", None, f"{type(error).__name__}: {error}")


def _shown(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _function(item: pytest.Item) -> str:
    return str(getattr(item, "originalname", item.name))
