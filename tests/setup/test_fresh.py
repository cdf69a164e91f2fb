"""`make fresh` runs the doors of what is committed where nothing is prepared, and says on what."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.setup.conftest import ROOT

_PYTEST = """#!/bin/sh
echo "pytest $*"
env | cut -d= -f1 | sort | tr "\\n" " "
ls -A "$HOME"
[ "$1" != --junitxml ] || echo '<testsuite name="pytest" errors="0" failures="1" skipped="2" tests="30">' > "$2"
"""
_MAKEFILE = """
demo:
	@echo "the demo, $(if $(ONCE),once), TORCH=$$TORCH PYTHON=$$PYTHON"; cat thesis
setup:
	@mkdir -p .venv/bin; cp pytest .venv/bin
programs:
	@echo "a browser"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with doors that only tell what they see."""
    root = tmp_path / "моя кафедра"
    (root / "scripts").mkdir(parents=True)
    for name in ("fresh", "machine"):
        shutil.copy2(ROOT / "scripts" / name, root / "scripts" / name)
    (root / "Makefile").write_text(_MAKEFILE)
    (root / "thesis").write_text("committed\n")
    pytest_there = root / "pytest"
    pytest_there.write_text(_PYTEST)
    pytest_there.chmod(0o755)
    git(root, "init", "--quiet")
    commit(root)
    return root


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True)


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "as it is")


def fresh(root: Path, **variables: str) -> tuple[int, str]:
    (root.parent / "tmp").mkdir(exist_ok=True)
    ours = {**os.environ, "TMPDIR": str(root.parent / "tmp"), "PIP_INDEX_URL": "https://one.example", **variables}
    done = subprocess.run(
        [root / "scripts" / "fresh"], env=ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    assert not list((root.parent / "tmp").iterdir()), "it takes away what it made"
    return done.returncode, done.stdout


def test_nothing_of_this_machine_s_settings_is_seen_there(checkout: Path) -> None:
    (checkout / "thesis").write_text("only here\n")
    code, said = fresh(checkout, TESTS="tests/grading tests/cli", PYTHON="python3.13")
    assert code == 0, said
    assert "the demo, once, TORCH=default PYTHON=python3.13\ncommitted\n" in said
    assert "What is not committed is not in it." in said
    assert "tests/grading tests/cli\nHOME LANG PATH " in said
    assert "PIP_INDEX_URL" not in said
    assert said.count("green") == 3
    assert "\na browser\n" in said
    assert "PyTorch none" in said.splitlines()[-1]


def test_what_fails_is_named_at_the_end_and_the_rest_is_run(checkout: Path) -> None:
    (checkout / "thesis").unlink()
    commit(checkout)
    code, said = fresh(checkout, TORCH="cpu")
    assert code == 1
    assert "TORCH=cpu" in said
    demo, setup, tests = said.splitlines()[-3:]
    assert demo.startswith("  FAILED  demo, ")
    assert setup.startswith("  green  setup, ")
    assert tests.startswith("  green  tests: tests/journeys/test_demo.py ")
    assert ", 30 tests (1 failed, 0 broken, 2 skipped), " in tests
    assert "a browser" not in said
