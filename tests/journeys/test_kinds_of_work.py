"""Work that is no notebook, or more than one: from the server's own template to a verdict, a page and a review."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from tests.journeys.browser import text_of
from tests.journeys.server import KAFEDRA, Server, eventually
from tests.journeys.student import Clone, Student

from kafedra.course import load_course

KINDS = ("script", "files", "shell", "c", "essay")
_WORK = '\n[[homework.assignments]]\nslug = "about-{}"\npoints = {}\n'
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082".replace(" ", "")
)


@dataclass
class School:
    """A course of all kinds of work, and its server."""

    server: Server
    run: str

    def student(self, login: str, kind: str) -> Student:
        student = Student(self.server, login, self.run, assignment=f"about-{kind}")
        student.accept()
        return student


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    place = tmp_path_factory.mktemp("school")
    course = place / "course"
    for command in (["course", "new", course], *(_new(kind, course) for kind in KINDS)):
        done = subprocess.run([KAFEDRA, *command], capture_output=True, text=True, timeout=200, check=False)
        assert done.returncode == 0, done.stderr
    run = next(iter(load_course(course).runs))
    with (course / "runs" / f"{run}.toml").open("a", encoding="utf-8") as file:
        file.writelines(_WORK.format(kind, 5 if kind == "essay" else 1) for kind in KINDS)
    server = Server(place / "data", course)
    (place / "data" / "runs" / "now.toml").unlink()
    server.start()
    try:
        yield School(server, run)
    finally:
        server.stop()


def _new(kind: str, course: Path) -> list[str]:
    return ["assignment", "new", f"about-{kind}", "--kind", kind, "--course", str(course)]


def solved(student: Student, folder: Path) -> Clone:
    """A clone with a right solution in it, committed."""
    clone, slug = student.clone(folder), student.assignment.slug
    first = student.assignment.solutions()[0]
    if first.is_dir():
        shutil.copytree(first, clone.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{slug}.py"))
    code = (first / f"{slug}.py" if first.is_dir() else first).read_text("utf-8") if student.assignment.is_code else ""
    if clone.notebook.suffix == ".ipynb":
        clone.solve(code)
    elif code:
        clone.notebook.write_text(code, "utf-8")
    clone.commit()
    return clone


def checked(clone: Clone) -> str:
    done = subprocess.run(
        [KAFEDRA, "check"], cwd=clone.folder, capture_output=True, text=True, timeout=200, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("kind", "public"),
    [
        ("script", "0,6 из 0,6"),
        ("shell", "0,8 из 0,8"),
        pytest.param("c", "0,7 из 0,7", marks=pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler")),
    ],
)
def test_one_file_in_place_of_a_notebook(school: School, tmp_path: Path, kind: str, public: str) -> None:
    student = school.student(f"anna-{kind}", kind)
    clone = solved(student, tmp_path / "work")
    assert public in checked(clone)
    said = clone.push().words
    assert "1 из 1" in said, said
    assert "protected" not in said
    page = student.browser.get(re.findall(r"http://\S+/submissions/\d+/", said)[-1] + "notebook/")
    name = clone.assignment.notebook
    assert {"script": "standardize", "shell": "uniq", "c": "scanf"}[kind] in page
    (clone.folder / name).unlink()
    clone.commit()
    assert f"нет файла {name}" in clone.push().words


def test_a_notebook_with_a_module_of_ones_own_and_data(school: School, tmp_path: Path) -> None:
    student = school.student("boris", "files")
    assert "data:image/svg+xml" in student.browser.get(f"/{school.run}/assignments/about-files/")
    clone = solved(student, tmp_path / "work")
    assert (clone.folder / "data" / "heights.csv").is_file()
    assert "0,8 из 0,8" in checked(clone)
    said = clone.push().words
    assert "1 из 1" in said, said
    page = text_of(student.browser.get(re.findall(r"http://\S+/submissions/\d+/", said)[-1] + "notebook/"))
    assert "moments.py" in page
    assert "return sum" in " ".join(page.split()).replace("return  sum", "return sum")
    wrong = (clone.folder / "moments.py").read_text("utf-8").replace("/ len(values)\n", "/ size\n")
    (clone.folder / "moments.py").write_text(wrong, "utf-8")
    clone.commit()
    for words in (checked(clone), clone.push().words):
        assert "moments.py, строка 5" in words, words
    (clone.folder / "moments.py").unlink()
    clone.commit()
    for words in (checked(clone), clone.push().words):
        assert "moments.py: такого файла в посылке нет" in " ".join(words.split()), words


def test_an_essay_is_marked_in_review(school: School, tmp_path: Path) -> None:
    student = school.student("clara", "essay")
    begun = text_of(student.browser.get(f"/{school.run}/assignments/about-essay/"))
    for strange in ("установите всё одной строкой", "Решение", "результат придёт в терминал"):
        assert strange not in begun, "there is nothing to install, no solution and no verdict"
    clone = student.clone(tmp_path / "work")
    assert "Тестов у задания нет" in checked(clone)
    (clone.folder / "essay.md").write_text("# Чему верит модель\n\nТезис.\n\nВозражение.\n", "utf-8")
    (clone.folder / "plan.png").write_bytes(_PNG)
    clone.commit()
    said = clone.push().words
    assert "Тестов здесь нет: работу читает человек" in said, said
    assert "5 из 5" not in said
    submission = re.findall(r"/submissions/(\d+)/", said)[-1]
    page = f"/{school.run}/submissions/{submission}/"
    waiting = text_of(student.browser.get(page))
    assert "ждёт ревью" in waiting
    for alarm in ("Ни один тест не удалось запустить", "kafedra check --seed", "баллы ещё могут снизиться"):
        assert alarm not in waiting, "there are no tests to speak of"
    for strange in ("оутбук", "Ячейка"):
        assert strange not in waiting + text_of(student.browser.get(f"{page}notebook/")), "an essay is no notebook"

    assert "ждёт ревью" in text_of(student.browser.get(f"/{school.run}/"))

    teacher = Student(school.server, "vera", school.run, role="instructor", assignment="about-essay").browser
    assert "тесты проходят у всех" not in text_of(teacher.get(f"/{school.run}/gradebook/"))
    desk = f"/{school.run}/reviews/{submission}/"
    opened = text_of(teacher.get(desk))
    assert "Возражение." in opened
    assert "plan.png" in opened
    assert "все баллы 5" in " ".join(opened.split())
    assert "Часть 2" in opened
    for strange in ("автоматическая проверка", "Отчёт проверки", "Ячейка", "оутбук"):
        assert strange not in opened, "no judge, no cells, no notebook"
    words = {"text": "Примеров нет.", "cell": "2", "taken_off": "2", "seen": "0", "page": str(uuid4())}
    teacher.submit(f"{desk}comments/{uuid4()}/", desk, **words)
    seen = re.search(r'name="seen"\s+value="(\d+)"', teacher.get(desk))
    assert seen is not None
    teacher.submit(f"{desk}publish/", desk, seen=seen[1])

    read = text_of(student.browser.get(page))
    assert "Примеров нет." in read
    assert "3 из 5" in read
    assert "ставят на ревью 5" in " ".join(read.split()), "what is taken off is taken off that"
    assert "ждёт ревью" not in read + text_of(student.browser.get(f"/{school.run}/"))
    eventually(lambda: "3" in text_of(student.points()))
