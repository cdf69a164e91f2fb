"""``kafedra check`` in a clone: the server's words, no sandbox needed, nothing heavy loaded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kafedra.course import load_assignment
from kafedra.grading import Grader

ASSIGNMENT = Path(__file__).parents[1] / "grading" / "assignment"
PLAIN = ASSIGNMENT.with_name("plain")  # without torch, which takes seconds to load
GOOD = "def half(x):\n    return x * 0.5\n\ndef double(x):\n    return x + x\n"
WRONG = "def half(x):\n    print('hello')\n    return x\n\ndef double(x):\n    return x + x\n"


@pytest.fixture
def clone(tmp_path):
    """A student's clone."""
    return shutil.copytree(ASSIGNMENT, tmp_path / "clone", ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture
def plain(tmp_path):
    """The same without tensors."""
    return shutil.copytree(PLAIN, tmp_path / "clone", ignore=shutil.ignore_patterns("__pycache__"))


def run(folder: Path, *options: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"PATH": path} if path is not None else {})}
    command = [sys.executable, "-m", "kafedra", "check", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def test_all_passed(plain):
    (plain / "halves.py").write_text(GOOD)
    done = run(plain)
    assert done.returncode == 0, done.stderr
    assert "✓ half делит на два." in done.stdout
    assert "0,8 из 0,8" in done.stdout
    assert "Скрытые — на сервере" in done.stdout


def test_a_failure_is_explained_and_exits_with_one(plain):
    (plain / "halves.py").write_text(WRONG)
    done = run(plain)
    assert done.returncode == 1
    assert "похоже: делите не на два" in done.stdout


def test_it_says_what_the_server_says(clone):
    (clone / "halves.py").write_text(WRONG)
    local = json.loads(run(clone, "--json", "--seed", "11").stdout)
    assignment = load_assignment(ASSIGNMENT)
    with Grader(assignment.environment) as grader:
        server = grader.grade(assignment, {"halves.py": WRONG.encode()}, seed=11, public_only=True)
    told = [(test["id"], test["outcome"], test["points"], test["message"]) for test in local["tests"]]
    assert told == [(test.id, test.outcome, float(test.points), test.message) for test in server.tests]
    assert local["output"] == server.output
    assert (local["sandboxed"], server.sandboxed) == (False, True)


def test_it_needs_no_sandbox(plain):
    (plain / "halves.py").write_text(GOOD)
    assert run(plain, path="/nonexistent").returncode == 0


@pytest.mark.parametrize(
    ("body", "says"),
    [("import os; os._exit(3)", "код 3"), ("while True: pass", "не уложилось"), ("return [object()]", "object")],
)
def test_bad_endings_end_one_test(plain, body, says):
    (plain / "halves.py").write_text(f"def half(x):\n    {body}\n\ndef double(x):\n    return x + x\n")
    done = run(plain)
    assert done.returncode == 1
    assert says in done.stdout
    assert "✓ double умножает на два." in done.stdout


def test_a_slow_laptop_is_not_slow_code(clone):
    (clone / "halves.py").write_text(GOOD)
    description, tests = clone / "assignment.toml", clone / "tests" / "test_halves.py"
    description.write_text(description.read_text().replace("test_seconds = 1.0", "test_seconds = 2.5"))
    description.write_text(description.read_text().replace("total_seconds = 12.0", "total_seconds = 2.5"))
    busy = (
        "\n\ndef _work_for_seconds():\n    end = time.process_time() + 2.5\n    while time.process_time() < end: pass\n"
    )
    text = tests.read_text().replace("import probes", f"import time\nimport probes{busy}\n_work_for_seconds()\n", 1)
    tests.write_text(text.replace("    x = torch", "    _work_for_seconds()\n    x = torch", 1))
    done = run(clone)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packages_that_are_missing_are_named_with_the_command_that_brings_them(clone):
    (clone / "halves.py").write_text(GOOD)
    description = clone / "assignment.toml"
    description.write_text(description.read_text().replace('["torch"]', '["torch", "no_such_package.data"]'))
    for options, words in (((), "пакеты, которых здесь нет"), (("--lang", "en"), "not installed here")):
        done = run(clone, *options)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.rstrip().endswith("-m pip install no_such_package")


def test_files_in_the_clone_cannot_replace_libraries(clone):
    (clone / "halves.py").write_text(GOOD)
    (clone / "torch.py").write_text("raise SystemExit('shadowed')")
    (clone / "tests" / "torch.py").write_text("raise SystemExit('shadowed')")
    done = run(clone)
    assert done.returncode == 0, done.stdout + done.stderr


def test_outside_a_clone_it_says_so(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 2
    assert "not the clone of an assignment" in done.stderr


def test_without_a_notebook_it_says_so(plain):
    (plain / "probes.py").unlink()
    done = run(plain)
    assert done.returncode == 2
    assert "there is no halves.ipynb in this folder" in done.stderr


def test_the_command_line_starts_without_anything_heavy():
    heavy = ("torch", "django", "numpy", "jupytext")
    code = f"import sys, kafedra.cli.check; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
