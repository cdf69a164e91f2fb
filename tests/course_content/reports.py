"""What a report on an assignment says, in a form that a failed test shows well."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from kafedra.grading import Report

HOMEWORK = Path(__file__).parents[2] / "course" / "homework"


def lost(report: Report) -> dict[str, str]:
    """The tests that gave less than they could, and why."""
    return {test.id: f"{test.outcome}: {test.message}" for test in report.tests if test.points < test.max_points}


def split(report: Report) -> dict[str, Decimal]:
    """What each file of tests is worth."""
    points: defaultdict[str, Decimal] = defaultdict(Decimal)
    for test in report.tests:
        points[test.id.partition("::")[0]] += test.max_points
    return dict(points)
