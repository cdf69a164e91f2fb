"""What one submission is worth, and which of a student's submissions counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kafedra.policy.exact import exact_arithmetic, non_negative
from kafedra.policy.late import LatePolicy, days_late, instant, late_penalty

Key = int | str


@dataclass(frozen=True, slots=True)
class Attempt:
    """The facts about one graded submission.

    `key` is the caller's name for it; `points` come from the judge, `taken_off` from the reviewer;
    `pushed_at` is aware. `grading_time` is how long the judge worked, without the wait in our queue:
    that wait is not the student's fault and has no place here.
    """

    key: Key
    points: Decimal
    pushed_at: datetime
    grading_time: timedelta
    taken_off: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        non_negative(self.points, "points")
        non_negative(self.taken_off, "taken_off")
        instant(self.pushed_at, "pushed_at")
        if self.grading_time < timedelta(0):
            raise ValueError(f"grading_time must not be negative: {self.grading_time}")

    @property
    def submitted_at(self) -> datetime:
        """The moment that is compared with the deadline, in UTC: the push plus the time its tests took."""
        return instant(self.pushed_at, "pushed_at") + self.grading_time


@dataclass(frozen=True, slots=True)
class Score:
    """What the attempt `key` is worth, with the numbers it was made of.

    points = max(0, automatic − taken_off) · (1 − penalty)
    """

    key: Key
    points: Decimal
    penalty: Decimal
    days_late: int
    automatic: Decimal
    taken_off: Decimal
    submitted_at: datetime


def score(attempt: Attempt, deadline: datetime | None, policy: LatePolicy) -> Score:
    """What `attempt` is worth against the student's own `deadline`, extension included (None: never late)."""
    submitted_at = attempt.submitted_at
    penalty = late_penalty(submitted_at, deadline, policy)
    with exact_arithmetic():
        points = max(Decimal(0), attempt.points - attempt.taken_off) * (1 - penalty)
    return Score(
        key=attempt.key,
        points=points,
        penalty=penalty,
        days_late=days_late(submitted_at, deadline),
        automatic=attempt.points,
        taken_off=attempt.taken_off,
        submitted_at=submitted_at,
    )


def best(attempts: Iterable[Attempt], deadline: datetime | None, policy: LatePolicy) -> Score | None:
    """The score that counts: most points after the penalty, then the earlier; None if there were no attempts.

    The order of `attempts` never matters: of two equal ones at the same instant, the lower key is taken.
    """
    scores = [score(attempt, deadline, policy) for attempt in attempts]
    return min(scores, key=_better_first, default=None)


def _better_first(one: Score) -> tuple[Decimal, datetime, bool, int, str]:
    number, name = (one.key, "") if isinstance(one.key, int) else (0, one.key)
    return one.points.copy_negate(), one.submitted_at, bool(name), number, name
