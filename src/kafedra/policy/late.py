"""What being late costs: so much for every started day after the deadline, up to a ceiling.

There is no hard deadline: what comes a month late is still worth (1 − the ceiling) of its points.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from kafedra.policy.exact import EXACT, non_negative

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """`percent_per_day` is taken for each started day, `max_percent` is the most that lateness can ever take.

    Raises ValueError unless 0 ≤ percent_per_day and 0 ≤ max_percent ≤ 100.
    """

    percent_per_day: Decimal
    max_percent: Decimal

    def __post_init__(self) -> None:
        non_negative(self.percent_per_day, "percent_per_day")
        if non_negative(self.max_percent, "max_percent") > 100:
            raise ValueError(f"max_percent must be at most 100: {self.max_percent}")


def instant(moment: datetime, name: str) -> datetime:
    """The same moment in UTC, where a day has 24 hours and no clock is ever put back.

    Raises ValueError for a naive datetime: without an offset it names no moment.
    """
    if moment.tzinfo is UTC:  # what databases give: nothing to convert
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{name} must be an aware datetime, it has no UTC offset: {moment.isoformat()}")
    return moment.astimezone(UTC)


def days_late(submitted_at: datetime, deadline: datetime | None) -> int:
    """Started days between the deadline and the submission: on time 0, a second late 1, a day and a second 2.

    A day is 24 hours, whatever the clocks on the wall did in between. Without a deadline nothing is late.
    """
    submitted = instant(submitted_at, "submitted_at")
    if deadline is None:
        return 0
    lateness = submitted - instant(deadline, "deadline")
    return max(0, -(-lateness // DAY))  # two minuses: integer division rounded up


def late_penalty(submitted_at: datetime, deadline: datetime | None, policy: LatePolicy) -> Decimal:
    """The fraction of the points that lateness takes, from 0 to 1: 0.2 is twenty per cent.

    An extension is simply a later `deadline`. Both moments must be aware (ValueError otherwise).
    """
    return penalty_for(days_late(submitted_at, deadline), policy)


def days_to_most(policy: LatePolicy) -> int:
    """After how many started days lateness costs the most that it ever does: 10 % a day, at most 30 %, are 3 days."""
    if not policy.percent_per_day or not policy.max_percent:
        return 0
    return math.ceil(Fraction(policy.max_percent) / Fraction(policy.percent_per_day))


def penalty_for(days: int, policy: LatePolicy) -> Decimal:
    """The penalty of so many started days."""
    return EXACT.divide(min(EXACT.multiply(policy.percent_per_day, days), policy.max_percent), 100)
