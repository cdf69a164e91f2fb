"""Our own processes die in the middle of a verdict: that is a fault of ours, never a zero, and soon mended."""

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.security import leftovers
from tests.security.arena import Arena
from tests.security.corpus import NAME

from kafedra.grading import GradingFault, TestReport

ASSIGNMENT = "without_torch"

# Right, and after its first test busy for as long as somebody who kills may need to look around on a busy machine.
SLOW = b"""
import time

def count(n):
    return sum(range(n))

def label():
    time.sleep(4)
    return "\\u043a\\u043e\\u0442"
"""


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:  # it has just left
        return ""


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has just left
        return -1


def below(pid: int) -> list[int]:
    return sorted(child for child in leftovers.descendants(pid) if parent_of(child) == pid)


def keeper() -> int:
    # the newest one: an earlier grader's may still be leaving
    return [pid for pid in below(os.getpid()) if "sandbox.keeper" in command_of(pid)][-1]


def warm_judge() -> int:
    return next(pid for pid in below(os.getpid()) if "judge.forkserver" in command_of(pid))


def collected() -> int:
    """The process that has collected the tests and waits for submissions."""
    return below(warm_judge())[0]


def judge() -> int:
    found: list[int] = []  # what was seen is kept: a second look may find it gone

    def there() -> bool:
        found[:] = below(collected())
        return bool(found)

    assert leftovers.wait_until(there, 30)
    return found[0]


def deputy() -> int:
    """The keeper's, in whose memory the assignment's forbidden APIs are closed: the one that has somebody ready."""
    found: list[int] = []

    def there() -> bool:
        found[:] = [pid for pid in below(keeper()) if below(pid)]
        return bool(found)

    assert leftovers.wait_until(there, 30)
    return found[0]


VICTIMS = [keeper, deputy, warm_judge, collected, judge]


@pytest.mark.parametrize("victim", VICTIMS)
def test_killed_in_the_middle(arena: Arena, victim: Callable[[], int]) -> None:
    arena.settle()
    seen: list[TestReport] = []

    def kill_once(test: TestReport) -> None:
        if not seen and test.outcome.value != "missing":
            seen.append(test)
            os.kill(victim(), signal.SIGKILL)

    try:
        report = arena.grader.grade(arena.assignment, {NAME: SLOW}, on_progress=kill_once)
    except GradingFault:
        pass
    else:
        assert float(report.points) == pytest.approx(1), "our fault was taken for the student's"
    assert seen
    arena.settle()


def test_a_submission_ends_with_its_keeper(arena: Arena) -> None:
    arena.settle()
    processes: set[int] = set()

    def kill_once(test: TestReport) -> None:
        if not processes and test.outcome.value != "missing":
            processes.update(leftovers.descendants(keeper()))
            os.kill(keeper(), signal.SIGKILL)

    with contextlib.suppress(GradingFault):
        arena.grader.grade(arena.assignment, {NAME: SLOW}, on_progress=kill_once)
    assert len(processes) > 3, "the keeper, its deputy, pid 1 of the submission, the student's process"
    assert leftovers.wait_until(lambda: not any(map(command_of, processes)))
    arena.settle()


@pytest.mark.parametrize("victim", [keeper, deputy, warm_judge, collected])
def test_killed_between_two_submissions(arena: Arena, victim: Callable[[], int]) -> None:
    arena.settle()
    os.kill(victim(), signal.SIGKILL)
    try:
        arena.expect_neighbour_unharmed()
    except GradingFault:  # once, if nobody could know; then all is well again
        arena.expect_neighbour_unharmed()
    arena.settle()


def test_killed_all_at_once(arena: Arena) -> None:
    arena.settle()
    for pid in [victim() for victim in (keeper, warm_judge)]:
        os.kill(pid, signal.SIGKILL)
    try:
        arena.expect_neighbour_unharmed()
    except GradingFault:
        arena.expect_neighbour_unharmed()
    arena.settle()


def ready() -> int:
    """Pid 1 of the process that waits for the next submission."""
    return below(deputy())[0]


def test_one_that_was_made_ready_is_killed(arena: Arena) -> None:
    arena.settle()
    arena.expect_neighbour_unharmed()
    os.kill(ready(), signal.SIGKILL)
    try:
        arena.expect_neighbour_unharmed()
    except GradingFault:  # it was taken while it died: a fault of ours, and nobody's crash
        arena.expect_neighbour_unharmed()
    arena.settle()
