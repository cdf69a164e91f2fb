"""The corpus of attacks: what students' files try, and what must come of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.security.arena import Arena

from kafedra.course import load_assignment
from kafedra.grading import Grader

collect_ignore = ["assignment", "assignments", "attacks", "programs", "without_torch"]


@pytest.fixture(scope="session")
def warm_arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """One warm grader for all families of attacks on the common assignment: what one leaves behind, the next meets."""
    with arena_on("assignment", tmp_path_factory.mktemp("course")) as found:
        yield found


@pytest.fixture(scope="module")
def arena(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """The common one, or for a module that names an assignment of its own by `ASSIGNMENT` one for that."""
    if name := getattr(request.module, "ASSIGNMENT", ""):
        with arena_on(name, tmp_path_factory.mktemp("course")) as found:
            yield found
    else:
        common: Arena = request.getfixturevalue("warm_arena")
        common.look_again()
        yield common


@contextmanager
def arena_on(name: str, course: Path) -> Iterator[Arena]:
    """A warm grader and the assignment of this name, copied to where a judge may read it."""
    shutil.copytree(Path(__file__).parent / name, course / name)
    assignment = load_assignment(course / name)
    with Grader(assignment.environment) as grader:
        yield Arena(grader, assignment)
