"""One endless loop costs the points of its own function and of no other."""

from __future__ import annotations

from pathlib import Path

from kafedra.course import load_assignment
from kafedra.grading import Grader, Outcome

ACTIVATIONS = Path(__file__).parents[2] / "course" / "homework" / "activations"
ENDLESS = """

class MyELU(nn.Module):
    def __init__(self, alpha=1.0):
        super().__init__()

    def forward(self, x):
        while True:
            pass
"""


def test_an_endless_function_leaves_the_time_of_the_others_alone(grader: Grader) -> None:
    assignment = load_assignment(ACTIVATIONS)
    right = (ACTIVATIONS / "solutions" / "formulas.py").read_text("utf-8")
    report = grader.grade(assignment, {"activations.py": (right + ENDLESS).encode()})
    late = {test.title for test in report.tests if test.outcome is Outcome.TIMEOUT}
    assert len(late) == sum("ELU" in test.title.replace("ReLU", "") for test in report.tests) >= 6
    assert {test.outcome for test in report.tests if test.title not in late} == {Outcome.PASSED}
    assert any("MyELU: половина общего времени" in test.message for test in report.tests)
