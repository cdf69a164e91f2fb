"""The same path with PostgreSQL instead of SQLite. Skipped where PostgreSQL is not installed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys import postgresql
from tests.journeys.conftest import NewStudent
from tests.journeys.server import SMALL_ASSIGNMENT, Server, eventually
from tests.journeys.student import Student, slowed

SMALL = True
SLOW = slowed((SMALL_ASSIGNMENT / "solutions" / "by_hand.py").read_text(encoding="utf-8"), 2)
pytestmark = pytest.mark.skipif(not postgresql.INSTALLED, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of a fresh one."""
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(scope="module")
def server(database: str, course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"), course, KAFEDRA_DATABASE_URL=database)
    running.start()
    yield running
    running.stop()


def test_push_to_verdict(new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve()
    assert "эта посылка, 1 из 1" in clone.push().text
    assert not (student.server.data / "kafedra.sqlite3").exists()


def test_two_at_once(new_student: NewStudent) -> None:
    clones = [new_student()[1] for _ in range(3)]
    for clone in clones:
        clone.solve()
    processes = [clone.start("push") for clone in clones]
    assert all("1 из 1" in process.communicate(timeout=200)[0] for process in processes)


def test_killed_in_the_middle_of_grading(server: Server, new_student: NewStudent) -> None:
    student, clone = new_student()
    clone.solve(SLOW)
    process = clone.start("push")
    assert process.stdout is not None
    next(line for line in process.stdout if "идёт проверка" in line)
    server.stop(signal.SIGKILL)
    process.communicate(timeout=200)
    server.start()
    eventually(lambda: _points(student) == "1")


def _points(student: Student) -> str:
    page = student.browser.get(f"/{student.run}/grades/")
    return "1" if ">1<" in page.replace(" ", "") else ""
