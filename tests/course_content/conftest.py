"""A warm grader for the assignment that a test module names in ``ASSIGNMENT``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.course_content.reports import HOMEWORK

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What grades dozens of works of one assignment belongs to its proof."""
    for item in items:
        about_one = hasattr(getattr(item, "module", None), "ASSIGNMENT")
        if about_one and item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.proof)


@pytest.fixture(scope="module")
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return load_assignment(HOMEWORK / request.module.ASSIGNMENT)


@pytest.fixture(scope="module")
def grader(assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment.environment) as warm:
        yield warm
