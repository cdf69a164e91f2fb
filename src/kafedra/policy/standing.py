"""From scores to the grade: what a student's points, marks and blitzes come to under the run's scheme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from kafedra.policy.exact import Exact, exact_arithmetic
from kafedra.policy.late import LatePolicy, late_penalty
from kafedra.policy.scheme import Grade, Scheme
from kafedra.policy.scoring import Score
from kafedra.policy.terms import AssignmentTerms

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything computed for one student in one run. All values are exact; `quantize` them to show them.

    `homework` is O_hw; `total` is the grade that counts today: None while there is neither an automat nor what the
    formula needs. `missing_for_automat` is None where there is no automat, or its condition is no simple threshold.
    """

    homework: Fraction
    counted_max: Decimal
    grade: Grade
    missing_for_automat: Fraction | None
    zeroed: bool

    @property
    def automat(self) -> bool:
        """Whether the exam may be left out."""
        return self.grade.automat

    @property
    def automat_total(self) -> Fraction | None:
        """The grade by the automat; None without one."""
        return self.grade.automat_total

    @property
    def computed(self) -> Fraction | None:
        """The grade by the formula; None while a mark that it needs is missing."""
        return self.grade.computed

    @property
    def total(self) -> Fraction | None:
        """The better of the two."""
        return self.grade.total

    @property
    def record_grade(self) -> int | None:
        """The whole number for the record book; None while there is no total."""
        return self.grade.record

    @property
    def letter(self) -> str | None:
        """The grade as a letter, where the scheme has any."""
        return self.grade.letter


def standing(
    terms: Sequence[AssignmentTerms],
    scores: Mapping[str, Score | None],
    scheme: Scheme,
    marks: Mapping[str, Exact] | None = None,
    zeroed: bool = False,
) -> Standing:
    """The standing that follows from the best score of each assignment and from marks and blitzes by name.

    `scores` is by slug: missing or None means nothing handed in. `zeroed` is a confirmed integrity case: all homework
    counts as nothing, marks stay. A score never counts for more than its assignment is worth, and not at all if its
    assignment is not in `terms`. Raises ValueError if a slug comes twice.
    """
    _reject_duplicates(terms)
    grade = scheme.grade(earned(terms, scores), marks or {}, zeroed=zeroed)
    threshold = scheme.threshold
    with exact_arithmetic():
        counted_max = sum((one.max_points for one in terms if not one.bonus), NOTHING)
    return Standing(
        homework=grade.homework,
        counted_max=counted_max,
        grade=grade,
        missing_for_automat=None if threshold is None else max(Fraction(0), threshold - grade.homework),
        zeroed=zeroed,
    )


def earned(terms: Sequence[AssignmentTerms], scores: Mapping[str, Score | None]) -> dict[str, Decimal]:
    """The points of each assignment, by slug; never more than it is worth."""
    return {one.slug: _earned(one, scores.get(one.slug)) for one in terms}


def best_reachable(
    terms: Sequence[AssignmentTerms], scores: Mapping[str, Score | None], *, now: datetime, late: LatePolicy
) -> dict[str, Decimal]:
    """The points of each assignment at best: perfect at `now`, or kept if better."""
    with exact_arithmetic():
        fresh = {one.slug: one.max_points * (1 - late_penalty(now, one.deadline, late)) for one in terms}
        return {one.slug: max(_earned(one, scores.get(one.slug)), fresh[one.slug]) for one in terms}


def max_reachable(
    terms: Sequence[AssignmentTerms],
    scores: Mapping[str, Score | None],
    scheme: Scheme,
    *,
    now: datetime,
    late: LatePolicy,
    zeroed: bool = False,
) -> Fraction:
    """The largest O_hw still within reach: each assignment perfect at `now`, or kept if better."""
    _reject_duplicates(terms)
    return scheme.grade(best_reachable(terms, scores, now=now, late=late), {}, zeroed=zeroed).homework


def _earned(one: AssignmentTerms, best: Score | None) -> Decimal:
    return NOTHING if best is None else min(best.points, one.max_points)


def _reject_duplicates(terms: Sequence[AssignmentTerms]) -> None:
    slugs = [one.slug for one in terms]
    if len(set(slugs)) < len(slugs):
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        raise ValueError(f"an assignment counts once, these come twice: {', '.join(twice)}")
