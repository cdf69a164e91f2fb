"""The order of grading: students take turns, and a student's newest push goes first.

Nobody's twenty pushes hold up another's first one; and the push that somebody is waiting for in a terminal
is the newest. The older ones are graded too: the best submission counts, not the last.
"""

from __future__ import annotations

from collections.abc import Callable


class FairQueue:
    """Submissions by student. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[int]] = {}  # insertion order is the order of turns
        self._all: set[int] = set()

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, submission: int) -> bool:
        return submission in self._all

    def put(self, student: int, submission: int) -> None:
        """Add a submission; a student who was not waiting gets the last turn."""
        self._waiting.setdefault(student, []).append(submission)
        self._all.add(submission)

    def take(self, welcome: Callable[[int, int], bool] = lambda _student, _submission: True) -> tuple[int, int]:
        """The student whose turn it is and their newest submission. Raises LookupError when nobody waits.

        Whoever has nothing that is `welcome(student, submission)` now keeps their turn.
        """
        student, submission = self._next(welcome)
        stack = self._waiting.pop(student)
        stack.remove(submission)
        self._all.discard(submission)
        if stack:
            self._waiting[student] = stack
        return student, submission

    def has(self, welcome: Callable[[int, int], bool]) -> bool:
        """Whether `take` would give something."""
        try:
            self._next(welcome)
        except LookupError:
            return False
        return True

    def _next(self, welcome: Callable[[int, int], bool]) -> tuple[int, int]:
        for student, stack in self._waiting.items():
            for submission in reversed(stack):
                if welcome(student, submission):
                    return student, submission
        raise LookupError("nobody waits")

    def ahead_of(self, submission: int) -> int:
        """How many submissions will be taken before this one, if nothing else comes; 0 when it does not wait."""
        for turn, stack in enumerate(self._waiting.values()):
            if submission in stack:
                newer = len(stack) - 1 - stack.index(submission)
                return newer + self._others_before(turn, newer)
        return 0

    def _others_before(self, turn: int, rounds: int) -> int:
        return sum(
            min(len(stack), rounds + (other < turn))
            for other, stack in enumerate(self._waiting.values())
            if other != turn
        )

    def everyone(self) -> tuple[int, ...]:
        """Every waiting submission, in no particular order."""
        return tuple(self._all)
