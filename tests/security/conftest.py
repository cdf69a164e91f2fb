"""The corpus of attacks: what students' files try, and what must come of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.security.arena import Arena

from kafedra.course import load_assignment
from kafedra.grading import Grader

collect_ignore = ["assignment", "assignments", "attacks", "programs", "without_torch"]


@pytest.fixture(scope="module")
def arena(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """One warm grader for a family of attacks, on the assignment that the module names by `ASSIGNMENT`."""
    name = getattr(request.module, "ASSIGNMENT", "assignment")
    folder = tmp_path_factory.mktemp("course") / name
    shutil.copytree(Path(__file__).parent / name, folder)
    assignment = load_assignment(folder)
    with Grader(assignment.environment) as grader:
        yield Arena(grader, assignment)
