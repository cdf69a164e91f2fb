"""A grader's warm processes are replaced when they have grown, and leave nothing behind, however they end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, cache, processes
from kafedra.grading import grader as grading

HOLD = """
import sys
from kafedra.grading.cache import Cache
held = Cache()
print(held.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the processes that were started, in order."""
    names: list[str] = []
    start = processes.start
    monkeypatch.setattr(processes, "start", lambda name, *rest: (names.append(name), start(name, *rest))[1])
    return names


def test_processes_that_have_grown_by_more_than_a_quarter_are_replaced(
    assignment: Assignment, good: str, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = iter([100, 100, 110, 120, 130, 130, 100, 100])  # of the judge and the keeper, one after the other
    monkeypatch.setattr(processes.WarmProcess, "resident_bytes", property(lambda _self: next(weights)))
    monkeypatch.setattr(grading, "_WEIGH_EVERY", 1)
    with Grader(assignment.environment) as warm:
        for _ in range(2):
            assert warm.grade(assignment, {"halves.py": good.encode()}).points == 1
    assert len(started) == 4, "once at the start, once because of the growth"


def test_memory_is_that_of_the_interpreter_and_not_of_its_wrapper(assignment: Assignment) -> None:
    with Grader(assignment.environment) as warm:
        for process in (warm._judge, warm._keeper):
            assert process is not None
            assert process.resident_bytes > 50 * 2**20, "torch is loaded in it"


def test_compiled_tests_do_not_lie_about_in_the_course(grader: Grader, tmp_path: Path, good: str) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    root = shutil.copytree(Path(__file__).parent / "assignment", tmp_path / "course", ignore=ignored)
    assert grader.grade(load_assignment(root), {"halves.py": good.encode()}).points == 1
    assert not list(root.rglob("__pycache__"))


def test_what_a_killed_grader_left_behind_is_removed_by_the_next(temporary: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as held:
        assert held.stdout is not None
        folder = Path(held.stdout.readline().strip())
        assert cache.remove_abandoned() == 0, "it is in use"
        assert folder.is_dir()
        held.send_signal(signal.SIGKILL)
        held.wait()
    assert folder.is_dir()
    assert cache.remove_abandoned() == 1
    assert not folder.exists()


def test_what_belongs_to_others_stays(temporary: Path) -> None:
    (temporary / "kafedra-notes").mkdir()
    link = temporary / "kafedra-grader-link"
    link.symlink_to(temporary / "kafedra-notes")
    cache.remove_abandoned()
    assert (temporary / "kafedra-notes").is_dir()
    assert link.is_symlink()
