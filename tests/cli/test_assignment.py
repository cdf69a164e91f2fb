"""`kafedra assignment build` and `verify`: what an author sees, and the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kafedra.cli import main

HALVES = Path(__file__).parents[1] / "grading" / "plain"  # without torch, which takes seconds to load
NOTEBOOK = '# %% tags=["solution"]\ndef half(x):\n    # BEGIN SOLUTION\n    return x * 0.5\n    # END SOLUTION\n'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one assignment, whose proof must fail: it has no solutions and no mutants."""
    root = tmp_path / "course" / "homework" / "halves"
    shutil.copytree(HALVES, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "notebook.py").write_text(NOTEBOOK, "utf-8")
    return tmp_path / "course"


def kafedra(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["assignment", *map(str, arguments)])


def test_build_writes_what_the_student_gets_and_what_the_author_keeps(course, tmp_path) -> None:
    result = kafedra("build", "halves", "--course", course, "--output", tmp_path / "out")
    assert result.exit_code == 0, result.output
    student, solution = tmp_path / "out", tmp_path / "out-solution"
    assert "0.5" not in (student / "halves.ipynb").read_text("utf-8")
    assert (student / "tests/test_halves.py").exists()
    assert json.loads((solution / "halves.ipynb").read_text("utf-8"))["nbformat"] == 4


def test_build_refuses_a_folder_with_something_in_it(course, tmp_path) -> None:
    arguments = ("build", "--all", "--course", course, "--output", tmp_path / "out")
    assert kafedra(*arguments).exit_code == 0
    result = kafedra(*arguments)
    assert result.exit_code == 2
    assert "is not empty" in result.output


def test_an_unproven_assignment_ends_with_one_and_says_why(course) -> None:
    result = kafedra("verify", "halves", "--course", course, "--seeds", 1, "--workers", 1)
    assert result.exit_code == 1, result.output
    assert "solutions/: 0, at least 2" in result.output
    assert "no sentence says which tests hold it" in result.output
    assert "test_double missing" in result.output
    assert "not proven" in result.output


def test_the_outcome_can_be_kept_as_a_page(course, tmp_path) -> None:
    page = tmp_path / "assignments.md"
    kafedra("verify", "--all", "--course", course, "--seeds", 1, "--workers", 1, "--write", page)
    text = page.read_text("utf-8")
    assert "| `halves` | 1 | 0 | 1 | 0 of 0 |" in text
    assert "| **no** |" in text
    assert "- `halves`: solutions/: 0, at least 2" in text


def test_proving_one_assignment_again_replaces_its_row_and_keeps_the_others(course, tmp_path) -> None:
    page = tmp_path / "assignments.md"
    page.write_text("old words\n| `aaa` | 1 |\n| `halves` | old |\n\n- `aaa`: a gap\n- `halves`: an old gap\n", "utf-8")
    kafedra("verify", "halves", "--course", course, "--seeds", 1, "--workers", 1, "--write", page)
    text = page.read_text("utf-8")
    assert text.index("| `aaa` | 1 |") < text.index("| `halves` | 1 | 0 |")
    assert text.index("- `aaa`: a gap") < text.index("- `halves`: solutions/: 0")
    assert "old words" not in text
    assert "| old |" not in text
    assert "an old gap" not in text


@pytest.mark.parametrize("arguments", [("verify",), ("build",), ("verify", "nosuch"), ("build", "halves", "--all")])
def test_without_a_known_name_it_lists_the_assignments(course, arguments) -> None:
    result = kafedra(*arguments, "--course", course)
    assert result.exit_code == 2
    assert "There are: halves" in result.output
