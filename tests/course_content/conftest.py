"""A warm grader for the assignment that a test module names in ``ASSIGNMENT``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.course_content.reports import HOMEWORK

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader


@pytest.fixture(scope="module")
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return load_assignment(HOMEWORK / request.module.ASSIGNMENT)


@pytest.fixture(scope="module")
def grader(assignment: Assignment) -> Iterator[Grader]:
    with Grader(assignment.environment) as warm:
        yield warm
