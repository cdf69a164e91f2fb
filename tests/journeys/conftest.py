"""One server for each module of journeys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.journeys.server import COURSE, OPEN_RUN, Server, begin, small_course
from tests.journeys.student import Clone, Student

Begun = Callable[[Path], Path]
NewStudent = Callable[..., tuple[Student, Clone]]


@pytest.fixture(scope="module")
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped course, or of a module that isn't about homework, by `SMALL`, a copy that is its own to change."""
    small = getattr(request.module, "SMALL", False)
    return small_course(tmp_path_factory.mktemp("course")) if small else COURSE


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """A data folder of a course that everybody can be invited to, for servers whose beginning is not looked at."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return lambda course: begin(course, shared)


@pytest.fixture(scope="module")
def server(
    course: Path, begun: Begun, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A module that needs more than one worker says so by `WORKERS`."""
    workers = str(getattr(request.module, "WORKERS", 1))
    running = Server(tmp_path_factory.mktemp("data"), course, begun=begun(course), KAFEDRA_WORKERS=workers)
    running.start()
    yield running
    assert running.stop() in (0, -15)


@pytest.fixture(scope="module")
def _numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def new_student(server: Server, tmp_path: Path, _numbers: Iterator[int]) -> NewStudent:
    """A student of their own for each test, with the assignment accepted and cloned."""

    def make(run: str = OPEN_RUN) -> tuple[Student, Clone]:
        login = f"student-{next(_numbers)}"
        student = Student(server, login, run)
        student.accept()
        return student, student.clone(tmp_path / login)

    return make
