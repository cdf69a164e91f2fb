"""What one submission is worth, and which of a student's submissions counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kafedra.policy.exact import exact_arithmetic, non_negative
from kafedra.policy.late import LatePolicy, days_late, instant, penalty_for

Key = int | str
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """The facts about one graded submission.

    `key` is the caller's name for it; `points` come from the judge, `taken_off` from the reviewer, who takes points of
    the run: one of the judge's is `scale` of these. `pushed_at` is aware. `grading_time` is how long the judge worked,
    without the wait in our queue: that wait is not the student's fault and has no place here.
    """

    key: Key
    points: Decimal
    pushed_at: datetime
    grading_time: timedelta
    taken_off: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        non_negative(self.points, "points")
        non_negative(self.scale, "scale")
        non_negative(self.taken_off, "taken_off")
        instant(self.pushed_at, "pushed_at")
        if self.grading_time < timedelta(0):
            raise ValueError(f"grading_time must not be negative: {self.grading_time}")

    @property
    def merit(self) -> Decimal:
        """What attempts are compared by: points before any penalty, the judge's own where the run gives none."""
        return max(_ZERO, self.points * (self.scale or 1) - self.taken_off)

    @property
    def submitted_at(self) -> datetime:
        """The moment that is compared with the deadline, in UTC: the push plus the time its tests took."""
        return instant(self.pushed_at, "pushed_at") + self.grading_time


@dataclass(frozen=True, slots=True)
class Score:
    """What the attempt `key` is worth, with the numbers it was made of.

    automatic = the judge's points · scale
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
    with exact_arithmetic():
        return _scored(attempt, attempt.submitted_at, deadline, policy)


def _scored(attempt: Attempt, submitted_at: datetime, deadline: datetime | None, policy: LatePolicy) -> Score:
    """The same for use inside `exact_arithmetic`."""
    days = days_late(submitted_at, deadline)
    penalty = penalty_for(days, policy)
    automatic = attempt.points * attempt.scale
    points = max(_ZERO, automatic - attempt.taken_off) * (1 - penalty)
    return Score(
        key=attempt.key,
        points=points,
        penalty=penalty,
        days_late=days,
        automatic=automatic,
        taken_off=attempt.taken_off,
        submitted_at=submitted_at,
    )


def best(attempts: Iterable[Attempt], deadline: datetime | None, policy: LatePolicy) -> Score | None:
    """The score that counts: most points after the penalty, then the earlier; None if there were no attempts.

    The order of `attempts` never matters: of two equal ones at the same instant, the lower key is taken.
    """
    deadline = None if deadline is None else instant(deadline, "deadline")
    attempts = tuple(attempts)
    if len(attempts) == 1:  # nothing to compare it with
        return score(attempts[0], deadline, policy)
    found: Attempt | None = None
    found_rank: tuple[Decimal, datetime] | None = None
    with exact_arithmetic():
        for attempt in attempts:
            submitted_at = attempt.submitted_at
            worth = attempt.merit
            if deadline is not None and submitted_at > deadline:
                worth *= 1 - penalty_for(days_late(submitted_at, deadline), policy)
            rank = (worth.copy_negate(), submitted_at)
            if found is None or found_rank is None or rank < found_rank:
                found, found_rank = attempt, rank
            elif rank == found_rank and _order(attempt.key) < _order(found.key):
                found = attempt
        return None if found is None or found_rank is None else _scored(found, found_rank[1], deadline, policy)


def _order(key: Key) -> tuple[bool, int, str]:
    number, name = (key, "") if isinstance(key, int) else (0, key)
    return bool(name), number, name
