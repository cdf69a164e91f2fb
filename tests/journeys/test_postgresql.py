"""The same path with PostgreSQL instead of SQLite. Skipped where PostgreSQL is not installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.journeys.conftest import NewStudent
from tests.journeys.server import Server, eventually
from tests.journeys.student import SOLUTION, Student

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))

pytestmark = pytest.mark.skipif(not _PROGRAMS, reason="PostgreSQL is not installed")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a fresh cluster that listens on a Unix socket only."""
    programs = _PROGRAMS[-1].parent
    folder = Path("/tmp") / f"kafedra-postgres-{os.getpid()}"
    folder.mkdir()
    owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
    cluster = folder / "cluster"
    run = [*owner, str(programs / "pg_ctl"), "-D", str(cluster), "-w", "-s"]
    _do([*owner, str(programs / "initdb"), "-D", str(cluster), "-U", "kafedra", "-A", "trust", "-N", "-E", "UTF8"])
    _do([*run, "start", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses= -c fsync=off"])
    try:
        _do([*owner, str(programs / "createdb"), "-h", str(folder), "-U", "kafedra", "kafedra"])
        yield f"postgresql://kafedra@/kafedra?host={folder}"
    finally:
        _do([*run, "stop", "-m", "immediate"])
        shutil.rmtree(folder)


def _do(command: list[str]) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"), KAFEDRA_DATABASE_URL=database)
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
    clone.solve(SOLUTION)
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
