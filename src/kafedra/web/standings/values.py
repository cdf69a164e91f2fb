"""What moves points besides the judge: extensions, points set by hand, integrity cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

Key = tuple[int, str]  # a student's id and the slug of an assignment


@dataclass(frozen=True, slots=True)
class Later:
    """An extension: a moment, or days after whatever the course's own deadline is."""

    deadline: datetime | None
    days: int | None
    reason: str = ""
    given_at: datetime | None = None

    def of(self, course_deadline: datetime | None) -> datetime | None:
        """The student's own deadline. Never earlier than the course's; None (never late) stays None."""
        if course_deadline is None:
            return None
        own = self.deadline if self.deadline is not None else course_deadline + timedelta(days=self.days or 0)
        return max(own, course_deadline)


def longest(granted: Sequence[Later], of_course: datetime | None) -> Later | None:
    """The extension that counts, the one that gives most time; None when there is none, or no deadline to extend."""
    return max(granted, key=lambda one: one.of(of_course) or of_course) if granted and of_course else None


@dataclass(frozen=True, slots=True)
class Zeroed:
    """The integrity case by which work counts as nothing, and the reason that was given."""

    case: int
    reason: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """Points set by hand, and why."""

    points: Decimal
    reason: str
    given_at: datetime
