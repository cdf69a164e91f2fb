"""When grading fails through no fault of the student's: said so, never a zero, made good after it is mended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from tests.journeys.browser import text_of
from tests.journeys.conftest import Begun
from tests.journeys.server import OPEN_RUN, Server, eventually, small_course
from tests.journeys.student import Clone, Student

CROWDED = Path(__file__).parents[1] / "walls" / "crowded.py"


def joined(server: Server, folder: Path) -> tuple[Student, Clone]:
    student = Student(server, "anna")
    student.accept()
    return student, student.clone(folder)


def page_after(push: str, student: Student) -> str:
    link = next(word for word in push.split() if "/submissions/" in word)
    return text_of(student.browser.get(link))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return small_course(tmp_path)


@pytest.fixture
def server(tmp_path: Path, course: Path, begun: Begun) -> Iterator[Server]:
    running = Server(tmp_path / "data", course, begun=begun(course))
    running.start()
    yield running
    running.stop()


def test_an_assignment_whose_tests_are_broken(server: Server, course: Path, tmp_path: Path) -> None:
    student, clone = joined(server, tmp_path / "clone")
    test = course / "homework" / "activations" / "tests" / "test_forward.py"
    whole = test.read_text(encoding="utf-8")
    test.write_text("import a_module_that_nobody_has\n" + whole, encoding="utf-8")
    clone.solve()
    said = clone.push()
    assert said.code == 0
    assert "Проверить не удалось, и это наша ошибка" in said.words
    assert "0 из 1" not in said.text
    assert "сбой у нас" in page_after(said.text, student)
    server.stop()
    test.write_text(whole, encoding="utf-8")
    server.start()
    eventually(lambda: "1 из 1" in page_after(said.text, student))


def test_an_assignment_with_a_mistake_is_not_given_out(server: Server, course: Path, tmp_path: Path) -> None:
    """The start of the server finds it; nobody accepts it, and no page breaks, until it is mended."""
    student = Student(server, "anna")
    staff = Student(server, "vera", role="instructor")
    server.stop()
    test = course / "homework" / "activations" / "tests" / "test_forward.py"
    whole = test.read_text(encoding="utf-8")
    test.write_text(whole + "\n\ndef helper(:\n", encoding="utf-8")
    server.start()
    eventually(lambda: any("'activations' is held back" in line for line in server.log), seconds=90)
    line = whole.count("\n") + 3
    assert any(f"activations/tests/test_forward.py:{line}: 'def helper(:' — not Python" in said for said in server.log)
    address = f"/{student.run}/assignments/activations/"
    with pytest.raises(HTTPError) as refused:
        student.browser.submit(address, form_at="/account/")
    with refused.value as answer:
        assert answer.code == 503
        said = text_of(answer.read().decode())
    assert "Принять задание пока нельзя" in said
    assert "test_forward" not in said
    assert "homework/activations/tests/test_forward.py" in text_of(staff.browser.get(address))
    server.stop()
    test.write_text(whole, encoding="utf-8")
    server.start()
    student.accept()
    assert student.clone(tmp_path / "clone").notebook.exists()


def test_without_a_sandbox_nothing_is_graded_and_nothing_is_lost(tmp_path: Path, course: Path, begun: Begun) -> None:
    server = Server(tmp_path / "data-2", course, begun=begun(course))
    server.under = [sys.executable, str(CROWDED), "start"]
    server.start()
    student, clone = joined(server, tmp_path / "clone")
    clone.solve()
    said = clone.push()
    assert said.code == 0
    assert "Сервер сейчас не может проверять, и это наша вина" in said.words
    doctor = server.run("doctor")
    assert doctor.returncode == 1
    assert "the kernel makes no more namespaces: user.max_user_namespaces = 0" in doctor.stdout
    assert "→ sudo sysctl -w user.max_user_namespaces=10000" in doctor.stdout
    subprocess.run([sys.executable, CROWDED, "mend", str(server.process.pid)], check=True)
    eventually(lambda: "1 из 1" in page_after(said.text, student))  # mended, and nobody restarted the server
    log = "".join(server.log)
    assert log.count("NOTHING IS GRADED") == 1
    assert "user.max_user_namespaces = 0" in log
    assert "Traceback" not in log
    assert f"/{OPEN_RUN}/" in said.text
    server.stop()
