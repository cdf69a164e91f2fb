"""From scores to the grade: O_hw, the automat, the exam, the record book.

    O_hw    = Σ points, bonus assignments included
    automat   if O_hw ≥ threshold:  O_total = (scale_to / counted maximum) · O_hw        without the exam
    otherwise                       O_total = homework_weight · O_hw + exam_weight · O_exam
    O_total ≤ cap, and the record book rounds halves up

The counted maximum is the sum over the assignments that are not a bonus (14 in 2023). A bonus adds to O_hw
and asks nothing of those who leave it out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, Inexact
from fractions import Fraction

from kafedra.policy.exact import exact_arithmetic, non_negative, record_grade
from kafedra.policy.late import LatePolicy, instant, late_penalty
from kafedra.policy.scoring import Score


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


@dataclass(frozen=True, slots=True)
class Formula:
    """The constants of the grade.

    `automat_scale_to` is the grade that the counted maximum becomes; `cap` is the highest grade there is.
    """

    homework_weight: Decimal
    exam_weight: Decimal
    automat_threshold: Decimal
    automat_scale_to: Decimal = Decimal(10)
    cap: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        for name in self.__slots__:
            non_negative(getattr(self, name), name)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything computed for one student in one run. All values are exact; `quantize` them to show them.

    `homework` is O_hw; `total` is the grade that counts today: None while there is neither an automat
    nor an exam mark.
    """

    homework: Decimal
    counted_max: Decimal
    exam: Decimal | None
    automat: bool
    automat_total: Fraction | None
    total_with_exam: Fraction | None
    total: Fraction | None
    missing_for_automat: Decimal
    zeroed: bool

    @property
    def record_grade(self) -> int | None:
        """The whole number for the record book, halves up; None while there is no total."""
        return None if self.total is None else record_grade(self.total)


def standing(
    terms: Sequence[AssignmentTerms],
    scores: Mapping[str, Score | None],
    formula: Formula,
    exam: Decimal | None = None,
    zeroed: bool = False,
) -> Standing:
    """The standing that follows from the best score of each assignment and the exam mark, if there is one.

    `scores` is by slug: missing or None means nothing handed in. `zeroed` is a confirmed integrity case:
    all homework counts as nothing, the exam mark stays. A score never counts for more than its assignment
    is worth, and not at all if its assignment is not in `terms`. Raises ValueError if a slug comes twice.
    """
    _reject_duplicates(terms)
    exam = None if exam is None else non_negative(exam, "exam")
    with exact_arithmetic():
        earned = sum((_earned(one, scores.get(one.slug)) for one in terms), Decimal(0))
        homework = Decimal(0) if zeroed else earned
        counted_max = sum((one.max_points for one in terms if not one.bonus), Decimal(0))
        missing = max(Decimal(0), formula.automat_threshold - homework)
    automat = missing == 0 and counted_max > 0 and not zeroed
    automat_total = _automat_total(homework, counted_max, formula) if automat else None
    total_with_exam = None if exam is None else _total_with_exam(homework, exam, formula)
    return Standing(
        homework=homework,
        counted_max=counted_max,
        exam=exam,
        automat=automat,
        automat_total=automat_total,
        total_with_exam=total_with_exam,
        # An automat is a right, not a duty: who has one and still sits the exam keeps the better grade.
        total=max((t for t in (automat_total, total_with_exam) if t is not None), default=None),
        missing_for_automat=missing,
        zeroed=zeroed,
    )


def max_reachable(
    terms: Sequence[AssignmentTerms],
    scores: Mapping[str, Score | None],
    *,
    now: datetime,
    late: LatePolicy,
    zeroed: bool = False,
) -> Decimal:
    """The largest O_hw still within reach: each assignment perfect at `now`, or kept if better."""
    _reject_duplicates(terms)
    if zeroed:
        return Decimal(0)
    with exact_arithmetic():
        fresh = {one.slug: one.max_points * (1 - late_penalty(now, one.deadline, late)) for one in terms}
        return sum((max(_earned(one, scores.get(one.slug)), fresh[one.slug]) for one in terms), Decimal(0))


def _earned(one: AssignmentTerms, best: Score | None) -> Decimal:
    return Decimal(0) if best is None else min(best.points, one.max_points)


def _automat_total(homework: Decimal, counted_max: Decimal, formula: Formula) -> Fraction:
    scale = Fraction(formula.automat_scale_to) / Fraction(counted_max)  # 10/14 has no finite decimal
    return min(scale * Fraction(homework), Fraction(formula.cap))


def _total_with_exam(homework: Decimal, exam: Decimal, formula: Formula) -> Fraction:
    with exact_arithmetic():
        total = formula.homework_weight * homework + formula.exam_weight * exam
    return Fraction(min(total, formula.cap))


def _reject_duplicates(terms: Sequence[AssignmentTerms]) -> None:
    slugs = [one.slug for one in terms]
    if len(set(slugs)) < len(slugs):
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        raise ValueError(f"an assignment counts once, these come twice: {', '.join(twice)}")
