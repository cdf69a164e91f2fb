"""Warm processes are replaced when they have grown or are old, and leave nothing behind, however they end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.security.leftovers import descendants

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Renewal, cache

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
def plain() -> Assignment:
    """An assignment without torch, which takes seconds to load."""
    return load_assignment(Path(__file__).parent / "plain")


def warm_processes(names: tuple[str, ...] = ("judge.forkserver", "sandbox.keeper")) -> set[int]:
    """The interpreters that are warm below this one; what they forked has their command line, and another parent."""
    ours, found = os.getpid(), set[int]()
    for pid in descendants(ours) - {ours}:
        with contextlib.suppress(OSError):  # it has just ended
            parent = int(Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
            command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
            if parent == ours and any(name in command for name in names):
                found.add(pid)
    return found


def seen_over(jobs: int, renewal: Renewal, assignment: Assignment, good: str) -> list[set[int]]:
    """The warm processes after each job of a grader of its own."""
    others, seen = warm_processes(), []
    with Grader(assignment.environment, renewal=renewal) as warm:
        for _ in range(jobs):
            assert warm.grade(assignment, {"halves.py": good.encode()}).points == 1
            seen.append(warm_processes() - others)
    return seen


def test_processes_that_have_grown_are_replaced(plain: Assignment, good: str) -> None:
    first, second = seen_over(2, Renewal(weigh_every=1, growth=0.5), plain, good)
    assert len(first) == len(second) == 2, "a judge and a keeper"
    assert not first & second


def test_processes_that_have_not_grown_stay_until_they_are_old(plain: Assignment, good: str) -> None:
    first, second, third = seen_over(3, Renewal(after=2, weigh_every=1, growth=10), plain, good)
    assert first == second
    assert not second & third


def test_memory_is_that_of_the_interpreters_and_not_of_their_wrappers(assignment: Assignment) -> None:
    with Grader(assignment.environment) as warm:
        assert warm.resident_bytes > 2 * 50 * 2**20, "torch is loaded in both"
    assert warm.resident_bytes == 0


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
