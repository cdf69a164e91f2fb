"""A verdict's lines in a terminal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kafedra.grading import Outcome, TestReport
from kafedra.grading.terminal import test_lines as lines_of
from kafedra.grading.terminal.layout import WIDTH, columns


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in (Outcome.PASSED, Outcome.FAILED)])
def test_a_long_title_gives_way_and_the_outcome_does_not(outcome: Outcome) -> None:
    def test(title: str) -> TestReport:
        return TestReport(id="a::b", title=title, outcome=outcome, points=Decimal(0), max_points=Decimal("0.05"))

    [short] = lines_of([test("ReLU")], "ru")
    [long] = lines_of([test("Градиент LeakyReLU: 1 справа, negative_slope слева, и так на любом входе")], "ru")
    word = short.removesuffix("0 из 0,05").split("ReLU")[1].strip()
    assert word
    assert long.endswith(f"  {word}   0 из 0,05")
    assert "…" in long
    assert columns(long) <= WIDTH
