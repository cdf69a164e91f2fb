"""What one assignment of a run is worth, and how the judge's points become points of the run."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, Inexact

from kafedra.policy.exact import exact_arithmetic, non_negative
from kafedra.policy.late import instant


@dataclass(frozen=True, slots=True)
class AssignmentTerms:
    """What one assignment is worth to one student: `max_points` at most, by `deadline` (extended or not).

    `judge_points` is the most that the judge gives (None: as many): the run may count an assignment for more, for less
    or for nothing. Raises ValueError where `scale` is no finite decimal: a student does these sums on paper.
    """

    slug: str
    max_points: Decimal
    bonus: bool
    deadline: datetime | None
    judge_points: Decimal | None = None

    def __post_init__(self) -> None:
        non_negative(self.max_points, "max_points")
        scale_of(self.max_points, self.judge_points)
        if self.deadline is not None:
            instant(self.deadline, "deadline")

    @property
    def judged_of(self) -> Decimal:
        """The most that the judge gives."""
        return self.max_points if self.judge_points is None else self.judge_points

    @property
    def scale(self) -> Decimal:
        """How many points of the run one of the judge's is."""
        return scale_of(self.max_points, self.judge_points)


def scale_of(max_points: Decimal, judge_points: Decimal | None) -> Decimal:
    """`max_points / judge_points`; 1 without the latter.

    Raises ValueError if that is no finite decimal, or `judge_points` is not positive.
    """
    if judge_points is None or judge_points == max_points:
        return Decimal(1)
    if non_negative(judge_points, "judge_points") == 0:
        raise ValueError("judge_points must be more than 0")
    try:
        with exact_arithmetic():
            return max_points / judge_points
    except Inexact:
        raise ValueError(f"{max_points}/{judge_points} is no finite decimal") from None
