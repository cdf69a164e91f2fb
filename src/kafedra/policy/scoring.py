"""What one submission is worth, and which of a student's submissions counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from kafedra.policy.exact import EXACT, non_negative
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


class Merit(NamedTuple):
    """All that attempts are compared by: points before any penalty, and when it counts as handed in, in UTC."""

    key: Key
    points: Decimal
    submitted_at: datetime


class Score(NamedTuple):
    """What the attempt `key` is worth, with the numbers it was made of.

    automatic = the judge's points · scale
    points = max(0, automatic − taken_off) · (1 − penalty)
    A plain tuple, because a run has thousands of them.
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
    judged = (attempt.points, attempt.scale, attempt.taken_off)
    return score_of(attempt.key, judged, attempt.submitted_at, deadline, policy)


def score_of(
    key: Key,
    judged: tuple[Decimal, Decimal, Decimal],
    submitted_at: datetime,
    deadline: datetime | None,
    policy: LatePolicy,
) -> Score:
    """The same from an attempt's parts, for whoever has thousands: `judged` are its points, scale and taken_off."""
    points, scale, taken_off = judged
    days = days_late(submitted_at, deadline)
    penalty = penalty_for(days, policy)
    automatic = EXACT.multiply(points, scale)
    kept = max(_ZERO, EXACT.subtract(automatic, taken_off))
    worth = EXACT.multiply(kept, EXACT.subtract(1, penalty))
    return Score(key, worth, penalty, days, automatic, taken_off, submitted_at)


def best(attempts: Iterable[Attempt], deadline: datetime | None, policy: LatePolicy) -> Score | None:
    """The score that counts: most points after the penalty, then the earlier; None if there were no attempts.

    The order of `attempts` never matters: of two equal ones at the same instant, the lower key is taken.
    """
    attempts = tuple(attempts)
    if not attempts:
        return None
    merits = [Merit(one.key, one.merit, one.submitted_at) for one in attempts]
    return score(attempts[leading(merits, deadline, policy)], deadline, policy)


def leading(merits: Sequence[Merit], deadline: datetime | None, policy: LatePolicy) -> int:
    """The place of the one that counts, by the same rule. Raises ValueError if there is none."""
    if len(merits) == 1:  # nothing to compare it with
        return 0
    if not merits:
        raise ValueError("nothing was handed in")
    deadline = None if deadline is None else instant(deadline, "deadline")
    found, most = 0, None
    for place, (key, points, submitted_at) in enumerate(merits):
        worth = points
        if deadline is not None and submitted_at > deadline:
            share = EXACT.subtract(1, penalty_for(days_late(submitted_at, deadline), policy))
            worth = EXACT.multiply(points, share)
        if most is None or worth > most or (worth == most and _before(key, submitted_at, merits[found])):
            found, most = place, worth
    return found


def _before(key: Key, submitted_at: datetime, other: Merit) -> bool:
    return (submitted_at, _order(key)) < (other.submitted_at, _order(other.key))


def _order(key: Key) -> tuple[bool, int, str]:
    number, name = (key, "") if isinstance(key, int) else (0, key)
    return bool(name), number, name
