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
    lost = {test.id for test in report.tests if test.outcome is not Outcome.PASSED}
    assert lost == {test.id for test in report.tests if "ELU" in test.title.replace("ReLU", "")}
    assert len(lost) >= 6
    # how a hidden test was lost is not said
    assert {test.outcome for test in report.tests if test.id in lost and not test.hidden} == {Outcome.TIMEOUT}
    assert any("MyELU: половина общего времени" in test.message for test in report.tests)
