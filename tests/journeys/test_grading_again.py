"""The same code pushed again, tests that changed after the pushes, an interrupted regrade: with a real server."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.journeys.browser import text_of
from tests.journeys.conftest import Begun
from tests.journeys.server import KAFEDRA, OPEN_RUN, Server, eventually
from tests.journeys.student import Clone, Student

SMALL = True
REGRADE = ("regrade", "activations", "--run", OPEN_RUN)
RIGHT = 'check.equal(y, max(x, 0), call="MyReLU()(x)"'
WRONG = 'check.equal(y, max(x, 0) + 1, call="MyReLU()(x)"'


@pytest.fixture(scope="module")
def server(course: Path, begun: Begun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"), course, begun=begun(course))
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture(scope="module")
def anna(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Student, Clone]:
    """A student with all the points."""
    student = Student(server, "anna")
    student.accept()
    clone = student.clone(tmp_path_factory.mktemp("clones") / "anna")
    clone.solve()
    assert "эта посылка, 1 из 1" in clone.push().words
    return student, clone


@pytest.fixture
def wrong_tests(course: Path) -> Iterator[None]:
    """The tests as they are after a careless change."""
    test = course / "homework" / "activations" / "tests" / "test_forward.py"
    right = test.read_text(encoding="utf-8")
    assert RIGHT in right
    test.write_text(right.replace(RIGHT, WRONG), encoding="utf-8")
    yield
    test.write_text(right, encoding="utf-8")


def stages(server: Server) -> list[str]:
    """The stage of each regrade, oldest first."""
    with closing(sqlite3.connect(server.data / "kafedra.sqlite3")) as database:
        return [stage for (stage,) in database.execute("SELECT stage FROM regrading_regrade ORDER BY id")]


def counted(student: Student) -> str:
    return text_of(student.browser.get(f"/{OPEN_RUN}/assignments/activations/"))


def test_the_same_code_again_is_answered_from_the_first_verdict(anna: tuple[Student, Clone]) -> None:
    _student, clone = anna
    first = clone.git("rev-parse", "--short=7", "HEAD").text.strip()
    clone.commit()
    said = clone.push()
    assert f"Код тот же, что в {first}" in said.words
    assert "1 из 1" in said.words


@pytest.mark.usefixtures("wrong_tests")
def test_a_dry_run_shows_who_loses_and_why_and_moves_nothing(server: Server, anna: tuple[Student, Clone]) -> None:
    done = server.run(*REGRADE, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "1 → 0.9" in done.stdout
    assert "test_relu_forward" in done.stdout
    assert "0 gain, 1 lose, 0 stay" in done.stdout
    assert "nothing was changed" in done.stdout
    assert "1 из 1" in counted(anna[0])


@pytest.mark.usefixtures("wrong_tests")
def test_applied_and_undone(server: Server, anna: tuple[Student, Clone]) -> None:
    done = server.run(*REGRADE, "--yes", "--reason", "у ReLU теперь другое значение")
    assert done.returncode == 0, done.stderr
    assert "0,9 из 1" in counted(anna[0])
    undone = server.run(*REGRADE, "--undo")
    assert "undone" in undone.stdout, undone.stderr
    assert "1 из 1" in counted(anna[0])
    again = server.run(*REGRADE, "--undo")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


@pytest.mark.usefixtures("wrong_tests")
def test_without_a_server_it_grades_by_itself_and_killed_it_changes_nothing(
    server: Server, anna: tuple[Student, Clone]
) -> None:
    server.stop()
    command = [KAFEDRA, *REGRADE, "--yes", "--reason", "новые тесты"]
    with subprocess.Popen(command, env=server.environment, stdout=subprocess.DEVNULL) as process:
        eventually(lambda: "grading" in stages(server))
        process.send_signal(signal.SIGKILL)
    server.start()
    eventually(lambda: "grading" not in stages(server))
    assert stages(server)[-1] == "ready", "the server has seen it to its end, and waits for a person"
    publishing = server.run("assignment", "publish", "activations", "--run", OPEN_RUN, "--dry-run")
    assert publishing.returncode == 0, publishing.stderr
    assert "changed  tests/test_forward.py" in publishing.stdout
    assert "1 → 0.9" in publishing.stdout
    assert "0 gain, 1 lose, 0 stay" in publishing.stdout
    assert stages(server)[-1] == "ready", "what publishing would move is only shown"
    assert "1 из 1" in counted(anna[0])
    server.stop()
    done = server.run(*REGRADE, "--dry-run")
    assert "1 → 0.9" in done.stdout, done.stderr
    assert set(stages(server)) == {"discarded", "undone"}
    server.start()


def test_what_there_is_not_is_named(server: Server) -> None:
    for arguments, said in (
        (("regrade", "activations", "--run", "1999"), "there is no run '1999'"),
        (("regrade", "thirds", "--run", OPEN_RUN), "there is no assignment 'thirds'"),
        ((*REGRADE, "--student", "nobody"), "'nobody' is no student"),
        ((*REGRADE, "--yes"), "--yes needs --reason"),
    ):
        done = server.run(*arguments)
        assert done.returncode in (1, 2)
        assert said in done.stderr
        assert "Traceback" not in done.stderr
