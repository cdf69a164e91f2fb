"""What the report on a piece of work must look like: each function says what is wrong, or nothing."""

from __future__ import annotations

from typing import Final

from kafedra.course import Mutant
from kafedra.grading.report import Outcome, Report, TestReport

SAFETY: Final = 2  # correct work must fit this many times into the time that it has

_CALM: Final = (Outcome.FAILED, Outcome.ERROR, Outcome.MISSING, Outcome.FORBIDDEN)


def solution_problem(report: Report, budget: float) -> str:
    """Full points, no remark, within ``budget`` seconds."""
    for test in report.tests:
        if test.outcome is not Outcome.PASSED:
            return f"{test.id} {test.outcome}: {_first_line(test)}"
    if report.notes:
        return f"a remark about correct work: {report.notes[0]}"
    if report.seconds > budget:
        return f"took {report.seconds:.1f} s, correct work must fit {SAFETY} times into its time, {budget:.1f} s"
    return ""


def blank_problem(report: Report) -> str:
    """No points, and no test that hangs or crashes."""
    for test in report.tests:
        if test.points:
            return f"{test.id} gives {test.points} points for nothing"
        if test.max_points and test.outcome not in _CALM:
            return f"{test.id} {test.outcome}: {_first_line(test)}"
    return ""


def mutant_problem(report: Report, mutant: Mutant) -> str:
    """Points lost on each test that the header names, and the phrase that it expects in the message of one of them."""
    tests: dict[str, list[TestReport]] = {}
    for test in report.tests:
        function = test.id.rpartition("::")[2].partition("[")[0]
        tests.setdefault(function, []).append(test)
    for name in mutant.caught_by:
        if name not in tests:
            return f"caught_by names {name}, and there is no such test"
    by_name = {name: [test for test in tests[name] if test.points < test.max_points] for name in mutant.caught_by}
    caught = [test for found in by_name.values() for test in found]
    if blind := [name for name, found in by_name.items() if not found]:
        lost = [test.id for test in report.tests if test.points < test.max_points]
        return f"alive: not caught by {', '.join(blind)}" + (f", only by {', '.join(lost)}" if lost else "")
    if mutant.phrase and not any(mutant.phrase in test.message for test in caught):
        return f"the message of {caught[0].id} lacks '{mutant.phrase}': {_first_line(caught[0])}"
    return ""


def _first_line(test: TestReport) -> str:
    return test.message.partition("\n")[0]
