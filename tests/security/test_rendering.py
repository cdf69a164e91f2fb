"""A hostile report in a terminal: nothing in it steers the terminal, and its length stalls nobody."""

import time
import unicodedata
from decimal import Decimal

from tests.security.arena import Arena
from tests.security.corpus import ATTACKS, read_attack

from kafedra.cli.output import print_report
from kafedra.grading import Outcome, TestReport
from kafedra.grading.terminal import lines_of_tests as lines_of

STEERING = ("Cc", "Cf", "Cs", "Co")


def test_nothing_steers_the_terminal(arena: Arena, capsys) -> None:
    report = arena.grade(read_attack(ATTACKS / "notebooks" / "names_like_steering.py").files())
    assert any("\x1b" in test.message or "\u202e" in test.message for test in report.tests)
    print_report(arena.assignment, report, "ru")
    shown = capsys.readouterr().out
    assert [c for c in shown if unicodedata.category(c) in STEERING and c != "\n"] == []


def test_long_lines_are_printed_at_once() -> None:
    long = "x" * 5_000
    traceback = "\n".join(["строка 1, count", f"    {long}"] * 4)
    facts = {"id": "a", "title": "t", "points": Decimal(0), "max_points": Decimal(1)}
    test = TestReport(**facts, outcome=Outcome.ERROR, message=f" {long}\n{long}", traceback=traceback)
    started = time.monotonic()
    lines = list(lines_of([test], "ru"))
    assert time.monotonic() - started < 1
    assert all(len(line) <= 72 for line in lines)
