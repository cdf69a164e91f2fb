"""How long the judge waits for an answer: the student's time, not the machine's.

A deadline counts wall-clock time. On a busy machine the student's process stands in the scheduler's queue for part of
it; that part is given back, up to a limit, so that a right solution does not fail because a hundred others are graded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

MOST: Final = 3.0  # times the limit; who starts many processes makes them wait for each other


@dataclass
class Allowance:
    """Seconds that the student's code may take, and how many are left."""

    seconds: float
    left: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.seconds


class Overtime:
    """What calls that ran out of time have cost, by the names that they used.

    One endless loop must not use up the time of everything else: calls of the same names may waste ``most`` seconds in
    all, and what is right keeps its points.
    """

    def __init__(self, most: float) -> None:
        self._most = most
        self._wasted: dict[tuple[str, ...], float] = {}

    def left(self, names: Sequence[str]) -> float:
        """Seconds that the next call of these names may take."""
        return self._most - self._wasted.get(tuple(names), 0.0)

    def add(self, names: Sequence[str], seconds: float) -> None:
        """A call of these names ran out of time, after so many seconds."""
        self._wasted[tuple(names)] = self._wasted.get(tuple(names), 0.0) + seconds


class Patience:
    """A deadline that is put off by the time that the process waited for a processor."""

    def __init__(self, at: float, limit: float, waited: Callable[[], float]) -> None:
        self._at = at
        self._most = MOST * limit
        self._waited = waited
        self.given = 0.0

    def remaining(self) -> float:
        """Seconds until the time is over; asks how long the process has waited only when it seems to be."""
        left = self._at + self.given - time.monotonic()
        if left > 0:
            return left
        self.given = max(self.given, min(self._waited(), self._most))
        return self._at + self.given - time.monotonic()
