"""Somebody else's course, from an empty folder to a verdict: with the commands that its author types."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.journeys.server import KAFEDRA, Server
from tests.journeys.student import Student

from kafedra.course import load_assignment, load_course


def kafedra(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KAFEDRA, *arguments], capture_output=True, text=True, timeout=250, check=False)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teacher") / "algorithms"
    made = kafedra("course", "new", folder, "--title", "Algorithms", "--lang", "en", "--timezone", "UTC")
    assert made.returncode == 0, made.stderr
    assert f"kafedra serve --course {folder}" in made.stdout
    return folder


def test_a_new_course_is_in_order(course: Path) -> None:
    assert kafedra("course", "check", "--course", course).returncode == 0
    again = kafedra("course", "new", course)
    assert again.returncode == 2
    assert "is not empty" in again.stderr
    wrong = kafedra("course", "new", course / "other", "--timezone", "Mars/Olympus")
    assert wrong.returncode == 2
    assert "no time zone 'Mars/Olympus'" in wrong.stderr


@pytest.mark.parametrize("kind", ["python", "numpy", "torch"])
def test_a_new_assignment_is_proven_at_once(course: Path, kind: str) -> None:
    made = kafedra("assignment", "new", f"about-{kind}", "--kind", kind, "--title", "Means", "--course", course)
    assert made.returncode == 0, made.stderr
    proof = kafedra("assignment", "verify", f"about-{kind}", "--seeds", "1", "--workers", "1", "--course", course)
    assert proof.returncode == 0, proof.stdout
    assert "mutants caught: 10 of 10" in proof.stdout
    assert f"about-{kind}: sentence by sentence" in proof.stdout
    assert "test_example, test_random" in proof.stdout
    packages = load_assignment(course / "homework" / f"about-{kind}").packages
    assert packages == {"python": (), "numpy": ("numpy",), "torch": ("torch",)}[kind]


def test_names_that_will_not_do(course: Path) -> None:
    for name, says in (("About Lists", "no name for an assignment"), ("standardize", "is there already")):
        done = kafedra("assignment", "new", name, "--course", course)
        assert done.returncode == 2
        assert says in done.stderr


def test_a_draft_is_told_what_is_missing_and_does_not_fail(course: Path) -> None:
    assert kafedra("assignment", "new", "draft", "--course", course).returncode == 0
    for mutant in sorted((course / "homework" / "draft" / "mutants").iterdir())[1:]:
        mutant.unlink()
    command = ("assignment", "verify", "draft", "--seeds", "1", "--workers", "1", "--course", course)
    assert kafedra(*command).returncode == 1
    draft = kafedra(*command, "--draft")
    assert draft.returncode == 0
    assert "mutants/: 1, at least 10 are needed" in draft.stdout
    assert "not proven yet" in draft.stdout


def test_an_author_sees_what_a_student_reads(course: Path) -> None:
    all_of_them = kafedra("assignment", "try", "standardize", "--course", course)
    assert all_of_them.returncode == 0, all_of_them.stderr
    assert "absolute: 0.3 of 1" in all_of_them.stdout
    assert "An example that is easily done by hand" in all_of_them.stdout
    one = kafedra("assignment", "try", "standardize", "by_hand", "--course", course)
    assert "1 of 1" in one.stdout
    unknown = kafedra("assignment", "try", "standardize", "by_foot", "--course", course)
    assert unknown.returncode == 2
    assert "by_hand, other_way" in unknown.stderr


def test_from_the_new_course_to_a_verdict(course: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", course)
    (tmp_path / "data" / "runs" / "now.toml").unlink()
    server.start()
    try:
        run = next(iter(load_course(course).runs))
        assert run == str(datetime.now(UTC).year)
        student = Student(server, "ada", run, assignment="standardize")
        student.accept()
        clone = student.clone(tmp_path / "ada")
        clone.solve()
        said = clone.push().words
        assert "1 из 1" in said, "a student reads their own language, whatever the course speaks"
        readme = (clone.folder / "README.md").read_text(encoding="utf-8")
        assert "torch" not in readme
        assert "numpy" not in readme
    finally:
        server.stop()
