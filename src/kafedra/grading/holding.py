"""Each sentence of a statement is held by a test, each test by a sentence and a mutant: the table that shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, CourseError, read_mutant, read_python
from kafedra.notebooks import Rule, rules_of, unheld_figures

_SHOWN: Final = 60  # letters of a sentence in an error


@dataclass(frozen=True)
class Held:
    """A rule of the statement and how many mutants break one of the tests that hold it."""

    rule: Rule
    mutants: int


@dataclass(frozen=True)
class Statement:
    """The rules of an assignment, who holds them and what is amiss."""

    assignment: Assignment

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Every rule, in the order of the notebook. Raises CourseError if the notebook can't be read."""
        caught = [set(mutant) for mutant in self._caught_by()]
        return tuple(Held(rule, sum(bool(names & {*rule.tests}) for names in caught)) for rule in self._rules)

    def problems(self) -> Iterator[str]:
        """Rules without a test, tests without a rule or without a mutant that breaks them, names that mean nothing;
        and figures that nothing holds."""
        try:
            rules, tests = self._rules, self._tests
        except CourseError as error:
            yield str(error)
            return
        if not rules:
            yield "notebook.py: no sentence says which tests hold it: end each with a mark, <!-- test_… -->"
            return
        for rule in rules:
            where = f"notebook.py:{rule.line}: «{rule.text[:_SHOWN]}{'…' if len(rule.text) > _SHOWN else ''}»"
            if not rule.held_by:
                yield f"{where}: nobody holds it: end it with <!-- test_… -->, or review, forbidden, note"
            for name in rule.tests:
                if name not in tests:
                    yield f"{where}: its mark names {name}, and there is no such test"
        named = {name for rule in rules for name in rule.tests}
        for name, path in tests.items():
            if name not in named:
                yield f"tests/{path.name}: {name} holds no sentence of the statement: name it in a mark of notebook.py"
        yield from self._unproven(tests)
        yield from (f"notebook.py:{line}: {problem}" for line, problem in unheld_figures(self.assignment))

    def _unproven(self, tests: Mapping[str, Path]) -> Iterator[str]:
        """Tests that no mutant names; where there are no mutants yet, that is said once, elsewhere."""
        broken = {name for names in self._caught_by() for name in names}
        for name, path in tests.items() if broken else ():
            if name not in broken:
                yield f"tests/{path.name}: no mutant breaks {name}: write one and name the test in its caught_by"

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return rules_of(self.assignment)

    @cached_property
    def _tests(self) -> Mapping[str, Path]:
        paths = sorted(self.assignment.tests_dir.glob("test_*.py"))
        trees = {path: ast.parse(read_python(path, Path("tests", path.name))) for path in paths}
        functions = ((node, path) for path, tree in trees.items() for node in tree.body)
        return {
            node.name: path
            for node, path in functions
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        }

    def _caught_by(self) -> Iterator[tuple[str, ...]]:
        for path in self.assignment.mutants():
            try:
                yield read_mutant(path).caught_by
            except CourseError:
                continue  # a finding of its own
