"""After a fault of whatever kind the next verdict is right, and comes when its own sandbox has been cleaned up."""

import shutil
from pathlib import Path

import pytest
from tests.security import leftovers
from tests.security.arena import Arena
from tests.security.corpus import NAME
from tests.security.test_killing import keeper

from kafedra.course import load_assignment
from kafedra.grading import TestReport, UnusableAssignment

CARELESS = '''
import probes
import pytest


@pytest.mark.points("1")
def test_careless(submission):
    """Тест, который не ждёт ничего, кроме тензора."""
    y = submission.call(probes.call, "count", 3)
    assert (y.sum() / len(y)).item() > 0 and y[0] + 1 == 2
'''
LINGERING = b"""
import os, time

def count(n):
    for _ in range(6):
        if os.fork() == 0:
            time.sleep(60)
    return sum(range(n))
"""


def ahead(arena: Arena) -> int:
    """The keeper, its deputies, and what the last of them has ready for the next one; six more would linger."""
    arena.settle()
    return len(leftovers.descendants(keeper()))


def with_tests(arena: Arena, folder: Path, text: str) -> Path:
    root = folder / "assignment"
    shutil.copytree(arena.assignment.root, root)
    for path in (root / "tests").glob("test_*.py"):
        path.unlink()
    (root / "tests" / "test_own.py").write_text(text)
    return root


def test_after_a_broken_assignment(arena: Arena, tmp_path: Path) -> None:
    broken = load_assignment(
        with_tests(arena, tmp_path, CARELESS.replace('submission.call(probes.call, "count", 3)', "5"))
    )
    at_rest = ahead(arena)
    with pytest.raises(UnusableAssignment):
        arena.grader.grade(broken, {NAME: LINGERING})
    for _ in range(3):
        assert float(arena.grade({NAME: LINGERING}).points) == pytest.approx(0.2)
        assert len(leftovers.descendants(keeper())) <= at_rest, "the verdict came before the sandbox was empty"
    arena.expect_neighbour_unharmed()


def test_after_a_listener_that_raises(arena: Arena) -> None:
    def listen(test: TestReport) -> None:
        raise LookupError(test.id)

    at_rest = ahead(arena)
    with pytest.raises(LookupError):
        arena.grader.grade(arena.assignment, {NAME: LINGERING}, on_progress=listen)
    for _ in range(3):
        assert float(arena.grade({NAME: LINGERING}).points) == pytest.approx(0.2)
        assert len(leftovers.descendants(keeper())) <= at_rest, "the verdict came before the sandbox was empty"
    arena.expect_neighbour_unharmed()


@pytest.mark.parametrize("value", ["'text'", "None", "[]", "{}", "5", "b'x'", "(1, 'a')", "float('nan')"])
def test_a_careless_test_meets_garbage(arena: Arena, tmp_path: Path, value: str) -> None:
    """What a student returns must not turn a zero into a fault: not of ours, nor of the assignment's author."""
    careless = load_assignment(with_tests(arena, tmp_path, CARELESS))
    source = f"def count(n): return {value}".encode()
    report = arena.grader.grade(careless, {NAME: source})
    assert report.points == 0
    assert report.tests[0].outcome.value in ("failed", "error")


GREEDY = """import probes
import pytest

@pytest.mark.points("1")
def test_count(submission):
    \"\"\"It keeps copies of what it gets.\"\"\"
    assert submission.call(probes.call, "count", 3) == 3
    bytearray(8 * 2**30)
"""


def test_a_judge_that_needs_too_much_memory_costs_the_verdict_and_not_the_machine(arena: Arena, tmp_path: Path) -> None:
    greedy = load_assignment(with_tests(arena, tmp_path, GREEDY))
    report = arena.grader.grade(greedy, {NAME: b"def count(n): return n"})
    assert report.points == 0
    arena.expect_neighbour_unharmed()


CROWD = b"""
import os

def count(n):
    for _ in range(8):
        if os.fork() == 0:
            break
    while True:
        pass
"""


def test_who_keeps_itself_waiting_is_too_slow(arena: Arena, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that wait for each other put the deadline off; that must end before the judge itself is ended."""
    root = shutil.copytree(arena.assignment.root, tmp_path / "assignment")
    limits = (root / "assignment.toml").read_text()
    limits = limits.replace("test_seconds = 0.5", "test_seconds = 2").replace("total_seconds = 2", "total_seconds = 2")
    (root / "assignment.toml").write_text(limits)
    monkeypatch.setattr("kafedra.grading.grader._MARGIN_SECONDS", 3.0)
    report = arena.grader.grade(load_assignment(root), {NAME: CROWD})
    assert report.points == 0
    assert {test.outcome.value for test in report.tests} == {"missing", "timeout"}
    arena.expect_neighbour_unharmed()


def test_descriptors_do_not_pile_up(arena: Arena) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        arena.expect_neighbour_unharmed()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
