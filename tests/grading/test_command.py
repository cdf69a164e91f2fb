"""``kafedra grade``: exit codes and JSON that a script can rely on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest

ASSIGNMENT = Path(__file__).parent / "plain"  # without torch, which takes seconds to load
FORBIDDING = str(Path(__file__).parents[1] / "walls" / "forbidding.py")
GOOD = "def half(x):\n    return x * 0.5\n\ndef double(x):\n    return x + x\n"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course" / "homework").mkdir(parents=True)
    shutil.copytree(ASSIGNMENT, tmp_path / "course" / "homework" / "halves")
    return tmp_path / "course"


@pytest.fixture
def kafedra(course):
    def run(*arguments: object, under: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        command = [*under, sys.executable, "-m", "kafedra", "grade", *map(str, arguments), "--course", str(course)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    return run


def notebook(*cells: str) -> str:
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]))


def test_json_of_a_python_file(kafedra, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(GOOD)
    done = kafedra("halves", path, "--json", "--seed", 3)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["points"], report["max_points"], report["seed"]) == (1, 1, 3)
    assert report["seconds"] > 0
    assert {"id", "outcome", "points", "max_points", "message"} <= report["tests"][0].keys()


def test_a_notebook_and_a_folder(kafedra, tmp_path):
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / "halves.ipynb").write_text(notebook("%matplotlib inline", GOOD, "half(1) + oops"))
    for path in (folder, folder / "halves.ipynb"):
        assert json.loads(kafedra("halves", path, "--json").stdout)["points"] == 1


def test_no_points_is_still_exit_zero(kafedra, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("x = 1")
    done = kafedra("halves", path)
    assert done.returncode == 0
    assert "0 из 1" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.py", None, "no such file"),
        ("notes.txt", b"hello", "a notebook (.ipynb), a Python file (.py)"),
        ("broken.ipynb", b"{", "не читается как ноутбук"),
        ("list.ipynb", b"[1]", "не ноутбук"),
        ("binary.py", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_unusable_input_is_exit_two(kafedra, tmp_path, name, content, says):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = kafedra("halves", path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_folder_is_exit_two(kafedra, tmp_path):
    (tmp_path / "empty").mkdir()
    done = kafedra("halves", tmp_path / "empty")
    assert done.returncode == 2
    assert "there is no halves.ipynb" in done.stderr


def test_an_unknown_assignment_names_the_known_ones(kafedra, tmp_path):
    done = kafedra("thirds", tmp_path)
    assert done.returncode == 2
    assert "There are: halves" in done.stderr


def test_without_a_sandbox_nothing_is_graded(kafedra, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(GOOD)
    done = kafedra("halves", path, under=[sys.executable, FORBIDDING, "EPERM", "unshare"])
    assert done.returncode == 3
    assert "a filter of system calls forbids the sandbox" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_test_whose_outcome_varies_is_named_with_its_seeds(kafedra, tmp_path):
    path = tmp_path / "mine.py"
    half = "def half(x):\n    return x * 0.5 if random.random() < 0.5 or x == 0 else x\n"
    path.write_text(f"import random\n\n{half}\ndef double(x):\n    return x + x\n")
    done = kafedra("halves", path, "--repeat", 12, "--seed", 3, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [run["seed"] for run in found["runs"]] == list(range(3, 15))
    [flaky] = [test for test in found["flaky"] if test["id"].endswith("test_half")]
    assert sorted(flaky["seeds"]["passed"] + flaky["seeds"]["failed"]) == list(range(3, 15))
    said = kafedra("halves", path, "--repeat", 12, "--seed", 3).stdout
    assert "half делит на два." in said
    assert "failed ×" in said


def test_what_is_steady_is_said_to_be(kafedra, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(GOOD)
    done = kafedra("halves", path, "--repeat", 3)
    assert done.returncode == 0
    assert "каждый тест кончается одинаково" in done.stdout
