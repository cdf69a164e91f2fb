"""Where an attack meets the grader: grade it, then look at the verdict, the neighbour and the floor."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from tests.security import leftovers
from tests.security.corpus import NAME, OTHERS, Attack

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, GradingError, Outcome, Report

# on a busy machine the judge gives back the time that a process waited for a processor, up to three times its limit
_BUSY = 4
_TOLD_OF_HIDDEN = frozenset({Outcome.PASSED.value, Outcome.MISSING.value})


class Arena:
    """A warm grader and what the machine looked like before the first attack."""

    def __init__(self, grader: Grader, assignment: Assignment) -> None:
        self.grader = grader
        self.assignment = assignment
        self._good = {NAME: Path(assignment.root, "good.py").read_bytes()}
        self._others = dict[str, Assignment]()
        self._before = self.settle()

    def look_again(self) -> None:
        """Take what the machine looks like now as the beginning: other tests ran meanwhile."""
        self._before = self.settle()

    def settle(self) -> leftovers.Picture:
        """What the machine looks like when nothing but the warm processes runs."""
        self.expect_neighbour_unharmed()
        return leftovers.at_rest(lambda: leftovers.take(self.assignment.root))

    def grade(self, files: Mapping[str, bytes], *, seed: int | None = None) -> Report:
        return self.grader.grade(self.assignment, files, seed=seed)

    def withstand(self, attack: Attack) -> Report:
        """Grade the attack and check all that its header promises."""
        assignment = self.other(attack.assignment) if attack.assignment else self.assignment
        files = attack.files()
        started = time.monotonic()
        try:
            report = self.grader.grade(assignment, files)
        except GradingError:  # the student's doing must never look like a fault of ours
            self.look_again()
            raise
        seconds = time.monotonic() - started
        self.expect_nothing_left()
        expect_verdict(report, attack)
        late = f"took {seconds:.1f} s, at most {attack.seconds:g} s on an idle machine"
        assert seconds < _BUSY * attack.seconds, late
        self.expect_neighbour_unharmed()
        return report

    def other(self, name: str) -> Assignment:
        """Another assignment than the common one; it lies beside that, where the judge may read it."""
        if name not in self._others:
            folder = self.assignment.root.parent / name
            shutil.copytree(OTHERS / name, folder)
            self._others[name] = load_assignment(folder)
            self.grader.grade(
                self._others[name], {NAME: (folder / "good.py").read_bytes()}
            )  # its tests are collected now
            self.look_again()
        return self._others[name]

    def expect_neighbour_unharmed(self) -> None:
        """A correct submission, graded now, gets everything and prints only what is its own."""
        report = self.grade(self._good)
        assert report.points == self.assignment.points, [(test.id, test.message) for test in report.tests]
        assert report.output == "neighbour\n"
        assert report.notes == ()

    def expect_nothing_left(self) -> None:
        if leftovers.wait_until(lambda: leftovers.take(self.assignment.root) == self._before):
            return
        before, found = self._before, leftovers.take(self.assignment.root)
        self.look_again()  # what one attack leaves behind is not the next one's doing
        assert found == before


def expect_verdict(report: Report, attack: Attack) -> None:
    shown = [(test.id, test.outcome.value, test.message) for test in report.tests]
    assert report.points == attack.points, shown
    if "any" not in attack.outcomes:
        # of a hidden test no more is told than that it failed, unless its definitions were lost before it began
        allowed = attack.outcomes | {Outcome.MISSING.value}
        hidden = allowed if attack.outcomes <= _TOLD_OF_HIDDEN else allowed | {Outcome.FAILED.value}
        assert all(test.outcome.value in (hidden if test.hidden else allowed) for test in report.tests), shown
        ends = {test.outcome.value for test in report.tests} - {Outcome.MISSING.value}
        assert ends or Outcome.MISSING.value in attack.outcomes, shown
    said = "\n".join([*report.notes, *(test.message for test in report.tests)])
    assert attack.message in said
    assert not attack.hides or attack.hides not in report.model_dump_json()
    assert all(test.points == Decimal(0) for test in report.tests if test.outcome is not Outcome.PASSED)
