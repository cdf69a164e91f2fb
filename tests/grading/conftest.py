"""One warm grader for all tests of grading, and a short way to use it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Report, TestReport

ROOT = Path(__file__).parent / "assignment"
GOOD = """
def half(x):
    return x * 0.5

def double(x):
    return x + x
"""


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    return load_assignment(ROOT)


@pytest.fixture(scope="session")
def grader(assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment.environment) as warm:
        yield warm


@pytest.fixture
def good() -> str:
    return GOOD


Grade = Callable[..., Report]


@pytest.fixture
def grade(grader: Grader, assignment: Assignment) -> Grade:
    """``grade(code)``: the report on a ``.py`` submission of that text; keywords go to ``Grader.grade``."""

    def run(code: str, **options: Any) -> Report:
        return grader.grade(assignment, {"halves.py": textwrap.dedent(code).encode()}, **options)

    return run


@pytest.fixture
def outcome_of(grade: Grade) -> Callable[..., TestReport]:
    """``outcome_of(code)``: what became of ``test_half``, the first test."""

    def run(code: str, **options: Any) -> TestReport:
        return grade(code, **options).tests[0]

    return run
