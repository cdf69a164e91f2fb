"""The server stops, dies and comes back: every push that was taken is graded in the end, once."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest
from tests.journeys.browser import text_of
from tests.journeys.conftest import NewStudent
from tests.journeys.server import OPEN_RUN, SMALL_ASSIGNMENT, Server, eventually
from tests.journeys.student import ASSIGNMENT, Clone, Student, slowed

SMALL = True
# Correct, but it takes its time: the server can be stopped while this is being graded.
SLOW = slowed((SMALL_ASSIGNMENT / "solutions" / "by_hand.py").read_text(encoding="utf-8"), 2)


@pytest.fixture(autouse=True)
def running(server: Server) -> None:
    """These tests don't treat the server well; each begins with one that runs."""
    if server.process.poll() is not None:
        server.start()


@pytest.fixture
def joined(new_student: NewStudent) -> tuple[Student, Clone]:
    return new_student()


@pytest.fixture
def student(joined: tuple[Student, Clone]) -> Student:
    return joined[0]


@pytest.fixture
def clone(joined: tuple[Student, Clone]) -> Clone:
    return joined[1]


def submissions(student: Student) -> list[str]:
    """Addresses of the student's submissions, as the assignment's page lists them."""
    page = student.browser.get(f"/{OPEN_RUN}/assignments/{ASSIGNMENT.slug}/")
    return sorted(set(re.findall(rf"/{OPEN_RUN}/submissions/\d+/", page)))


def state(student: Student) -> str:
    """The state of the only submission, as its page says."""
    page = text_of(student.browser.get(submissions(student)[0]))
    return next(word for word in ("проверяется", "в очереди", "наша ошибка", "") if word in page)


def graded(student: Student) -> bool:
    """Whether all of them have a verdict, and at least one is there."""
    found = [text_of(student.browser.get(address)) for address in submissions(student)]
    return bool(found) and not any("проверяется" in page or "в очереди" in page for page in found)


def repository_of(student: Student) -> Path:
    return student.server.data / "repositories" / OPEN_RUN / ASSIGNMENT.slug / f"{student.login}.git"


def pushing(clone: Clone) -> subprocess.Popen[str]:
    """A push that is being graded right now."""
    process = clone.start("push")
    assert process.stdout is not None
    for line in process.stdout:
        if "идёт проверка" in line:
            return process
    raise AssertionError("the push was not taken")


def end(process: subprocess.Popen[str]) -> str:
    text, _nothing = process.communicate(timeout=200)
    return text


def test_killed_in_the_middle_of_grading(server: Server, student: Student, clone: Clone) -> None:
    clone.solve(SLOW)
    process = pushing(clone)
    eventually(lambda: state(student) == "проверяется")
    server.stop(signal.SIGKILL)
    end(process)
    server.start()
    eventually(lambda: graded(student))
    assert len(submissions(student)) == 1
    assert "1 из 1" in text_of(student.browser.get(submissions(student)[0]))
    clone.solve()
    assert "1 из 1" in clone.push().text, "the repository takes further pushes"


def test_killed_again_and_again(server: Server, student: Student, clone: Clone) -> None:
    clone.solve(SLOW)
    process = pushing(clone)
    for _ in range(3):
        server.stop(signal.SIGKILL)
        server.start()
    end(process)
    eventually(lambda: graded(student))
    assert len(submissions(student)) == 1


def test_asked_to_stop_it_finishes_and_answers_first(server: Server, student: Student, clone: Clone) -> None:
    clone.solve(SLOW)
    process = pushing(clone)
    eventually(lambda: state(student) == "проверяется")
    assert server.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
    assert "эта посылка, 1 из 1" in end(process)
    assert process.returncode == 0
    server.start()
    assert graded(student)
    assert len(submissions(student)) == 1


def test_asked_to_stop_it_tells_those_who_wait(server: Server, new_student: NewStudent) -> None:
    clones = [new_student() for _ in range(4)]  # more than there are workers
    for _joined, one in clones:
        one.solve(SLOW)
    processes = [pushing(one) for _joined, one in clones]
    server.stop(signal.SIGTERM)
    said = [end(process) for process in processes]
    assert all("1 из 1" in text or "Сервер перезапускается" in text for text in said)
    assert all(process.returncode == 0 for process in processes)
    server.start()
    for joined, _clone in clones:
        eventually(lambda joined=joined: graded(joined))
        assert len(submissions(joined)) == 1


def test_a_push_that_git_took_while_nobody_listened(server: Server, student: Student, clone: Clone) -> None:
    server.stop(signal.SIGKILL)
    clone.solve()
    taken = clone.git("-c", "core.hooksPath=/dev/null", "push", str(repository_of(student)), "main")
    assert taken.code == 0, taken.text
    server.start()
    eventually(lambda: graded(student))
    assert len(submissions(student)) == 1
    assert "1 из 1" in text_of(student.browser.get(submissions(student)[0]))


def test_killed_in_the_middle_of_an_upload(server: Server, student: Student, clone: Clone) -> None:
    (clone.folder / "data.bin").write_bytes(os.urandom(19 * 2**20))
    clone.solve()
    process = clone.start("push")
    incoming = repository_of(student) / "objects"
    eventually(lambda: process.poll() is not None or any(incoming.glob("*incoming*")))
    server.stop(signal.SIGKILL)
    end(process)
    server.start()
    clone.push()
    eventually(lambda: graded(student))
    assert len(submissions(student)) == 1
    checked = clone.git("--git-dir", str(repository_of(student)), "fsck", "--no-dangling")
    assert checked.code == 0, checked.text


def test_a_lock_that_a_power_cut_left_does_not_close_the_repository(
    server: Server, student: Student, clone: Clone
) -> None:
    lock = repository_of(student) / "refs" / "heads" / "main.lock"
    server.stop(signal.SIGKILL)
    lock.touch()
    os.utime(lock, (0, 0))
    server.start()
    clone.solve()
    assert "1 из 1" in clone.push().text


def test_a_push_to_a_stopped_server_can_be_repeated(server: Server, student: Student, clone: Clone) -> None:
    server.stop()
    clone.solve()
    refused = clone.push()
    assert refused.code != 0
    assert "Failed to connect" in refused.text
    server.start()
    assert "1 из 1" in clone.push().text


def test_two_servers_do_not_share_a_folder(server: Server) -> None:
    second = server.run("serve", "--port", "0")
    assert second.returncode == 1
    assert "another kafedra serves from" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_taken_port_is_named(server: Server, tmp_path: Path) -> None:
    second = server.run("serve", "--port", server.port, "--data", str(tmp_path / "other"))
    assert second.returncode == 1
    assert f"127.0.0.1:{server.port} is taken" in second.stderr
    assert "--port" in second.stderr
