"""What can go wrong that is not the student's doing.

GradingError
├── SandboxUnavailable   no protected place to run code: nothing is graded, an operator must act
├── NoGpu                this machine has no GPU and the assignment needs one: another machine must
├── UnusableAssignment   the assignment itself is broken: its author must act
└── GradingFault         a fault of ours in one run: worth another try, never a zero
"""

from __future__ import annotations

from kafedra.walls.facts import look_around
from kafedra.walls.places import diagnose
from kafedra.walls.refusal import Refusal


class GradingError(Exception):
    """Base of everything that grading raises on its own account."""


class SandboxUnavailable(GradingError):
    """The sandbox can't be started; the message says why and how to mend it."""

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(f"{cause}\n→ {remedy}" if remedy else cause)
        self.cause = cause
        self.remedy = remedy

    @staticmethod
    def because(refusal: Refusal) -> SandboxUnavailable:
        """Why this machine refuses, and what to do."""
        found = diagnose(refusal, look_around())
        return SandboxUnavailable(found.cause, found.remedy)


class NoGpu(GradingError):
    """The assignment asks for a GPU, and this machine has none; whatever needs none is graded as ever."""


class UnusableAssignment(GradingError):
    """The assignment's tests or probes can't be run; the message says where and why."""


class GradingFault(GradingError):
    """One run failed through no fault of the student: try again, then show it as ours."""
