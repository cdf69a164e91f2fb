"""O_hw, the automat, the exam and the record book, on the homework of 2023."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import (
    AssignmentTerms,
    Attempt,
    Formula,
    LatePolicy,
    Scheme,
    Score,
    max_reachable,
    quantize,
    score,
    standing,
)
from kafedra.policy.scheme import Automat, Marked

COURSE = LatePolicy(Decimal(10), Decimal(30))
DEADLINE = datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)
MAXIMA = {
    "activations": 1,
    "weight-init": 1,
    "dropout": 1,
    "optimization": 1,
    "batchnorm": 1,
    "pytorch-basics": 2,
    "cv": 4,
    "nlp": 4,
}
TERMS = tuple(AssignmentTerms(slug, Decimal(most), slug == "optimization", DEADLINE) for slug, most in MAXIMA.items())
AS_IN_2023 = Formula(
    "0.7 * O_hw + 0.3 * exam",
    parts=(("O_hw", "sum(homework) + sum(bonus)"),),
    marks=(Marked("exam"),),
    automat=Automat("O_hw >= 6", "10 / most(homework) * O_hw"),
)
FORMULA = Scheme(AS_IN_2023, TERMS)


def marked(exam: Decimal | None) -> dict[str, Decimal]:
    return {} if exam is None else {"exam": exam}


def earned(**points: str) -> dict[str, Score | None]:
    """Scores in time, by slug with underscores."""
    return {slug.replace("_", "-"): in_time(Decimal(worth)) for slug, worth in points.items()}


def in_time(points: Decimal) -> Score:
    return score(Attempt(1, points, DEADLINE, timedelta(0)), DEADLINE, COURSE)


some_scores = st.fixed_dictionaries(
    {},
    optional={slug: st.none() | st.decimals(0, most, places=2).map(in_time) for slug, most in MAXIMA.items()},
)
exams = st.none() | st.decimals(0, 10, places=1)


def test_the_counted_maximum_is_14_without_the_bonus() -> None:
    assert standing(TERMS, {}, FORMULA).counted_max == 14


def test_everything_done_is_ten() -> None:
    full = {slug: in_time(Decimal(points)) for slug, points in MAXIMA.items()}
    result = standing(TERMS, full, FORMULA)
    assert result.homework == 15
    assert result.total == 10  # 10/14 · 15 is more, and capped
    assert result.record_grade == 10


def test_six_points_are_an_automat() -> None:
    result = standing(TERMS, earned(cv="4", pytorch_basics="2"), FORMULA)
    assert result.automat
    assert result.missing_for_automat == 0
    assert result.total == Fraction(60, 14)
    assert quantize(result.total) == Decimal("4.29")
    assert result.record_grade == 4


def test_a_hundredth_less_is_not() -> None:
    result = standing(TERMS, earned(cv="4", pytorch_basics="1.99"), FORMULA)
    assert not result.automat
    assert result.missing_for_automat == Decimal("0.01")
    assert (result.automat_total, result.total, result.record_grade) == (None, None, None)


def test_the_bonus_helps_to_the_automat_without_raising_the_14() -> None:
    result = standing(TERMS, earned(cv="4", activations="1", optimization="1"), FORMULA)
    assert result.automat
    assert result.total == Fraction(60, 14)


def test_with_the_exam() -> None:
    result = standing(TERMS, earned(cv="4", activations="1"), FORMULA, {"exam": Decimal(8)})
    assert result.homework == 5
    assert result.total == result.computed == Fraction("5.9")  # 0.7 · 5 + 0.3 · 8
    assert result.record_grade == 6


def test_the_exam_formula_is_capped_too() -> None:
    full = {slug: in_time(Decimal(points)) for slug, points in MAXIMA.items()}
    assert standing(TERMS, full, FORMULA, {"exam": Decimal(10)}).computed == 10


def test_who_has_the_automat_keeps_the_better_of_the_two() -> None:
    scores = earned(cv="4", pytorch_basics="2")
    good = standing(TERMS, scores, FORMULA, {"exam": Decimal(10)})
    assert (good.automat_total, good.computed) == (Fraction(60, 14), Fraction("7.2"))
    assert good.total == Fraction("7.2")
    assert standing(TERMS, scores, FORMULA, {"exam": Decimal(0)}).total == Fraction(60, 14)


def test_an_integrity_case_zeroes_all_homework_and_leaves_the_exam() -> None:
    scores = earned(cv="4", nlp="4")
    result = standing(TERMS, scores, FORMULA, {"exam": Decimal(8)}, zeroed=True)
    assert result.zeroed
    assert result.homework == 0
    assert not result.automat
    assert result.missing_for_automat == 6
    assert result.total == Fraction("2.4")
    assert standing(TERMS, scores, FORMULA, zeroed=True).total is None


def test_reversing_a_case_restores_everything() -> None:
    scores = earned(cv="4", nlp="4")
    before = standing(TERMS, scores, FORMULA)
    assert standing(TERMS, scores, FORMULA, zeroed=True) != before
    assert standing(TERMS, scores, FORMULA, zeroed=False) == before


@pytest.mark.parametrize(
    ("homework", "grade"), [("7.49", 7), ("7.5", 8), ("8.5", 9), ("6.0", 6), ("9.49", 9), ("9.5", 10)]
)
def test_the_record_book_rounds_halves_up(homework: str, grade: int) -> None:
    terms = [AssignmentTerms("all", Decimal(10), False, None)]
    assert standing(terms, {"all": in_time(Decimal(homework))}, Scheme(AS_IN_2023, terms)).record_grade == grade


def test_a_score_counts_for_no_more_than_its_assignment_is_worth() -> None:
    assert standing(TERMS, earned(activations="2"), FORMULA).homework == 1


def test_a_score_of_an_assignment_that_the_run_does_not_give_counts_nothing() -> None:
    assert standing(TERMS, earned(diffusion="5"), FORMULA).homework == 0


def test_an_assignment_counts_once() -> None:
    with pytest.raises(ValueError, match="come twice: activations"):
        standing([TERMS[0], TERMS[0]], {}, FORMULA)


def test_a_run_without_counted_assignments_has_no_automat() -> None:
    free = Scheme(Formula("0", automat=Automat("O_hw >= 0", "10")), [])
    assert not standing([], {}, free).automat


@given(some_scores, exams, st.booleans())
def test_a_grade_is_always_possible(scores: Mapping[str, Score | None], exam: Decimal | None, zeroed: bool) -> None:
    result = standing(TERMS, scores, FORMULA, marked(exam), zeroed)
    assert 0 <= result.homework <= 15
    assert result.automat == (result.homework >= 6)
    assert (result.total is None) == (exam is None and not result.automat)
    assert result.total is None or 0 <= result.total <= 10
    assert result.record_grade is None or 0 <= result.record_grade <= 10
    assert result.homework + result.missing_for_automat >= 6


@given(some_scores, st.sampled_from(sorted(MAXIMA)), exams)
def test_a_better_homework_never_makes_a_worse_grade(
    scores: dict[str, Score | None], slug: str, exam: Decimal | None
) -> None:
    better = {**scores, slug: in_time(Decimal(MAXIMA[slug]))}
    before, after = (standing(TERMS, some, FORMULA, marked(exam)) for some in (scores, better))
    assert after.homework >= before.homework
    assert before.total is None or (after.total is not None and after.total >= before.total)


@given(some_scores, st.integers(-40, 40))
def test_nobody_falls_below_what_is_there(scores: Mapping[str, Score | None], days: int) -> None:
    now = DEADLINE + timedelta(days=days)
    reach = max_reachable(TERMS, scores, FORMULA, now=now, late=COURSE)
    assert standing(TERMS, scores, FORMULA).homework <= reach <= 15
    assert reach >= max_reachable(TERMS, scores, FORMULA, now=now + timedelta(days=1), late=COURSE)


def test_within_reach() -> None:
    assert max_reachable(TERMS, {}, FORMULA, now=DEADLINE, late=COURSE) == 15
    a_month_later = DEADLINE + timedelta(days=30)
    assert max_reachable(TERMS, {}, FORMULA, now=a_month_later, late=COURSE) == Decimal("10.5")
    scores = earned(cv="4", activations="0.5")  # cv can't get better, activations still can: 0.7
    assert max_reachable(TERMS, scores, FORMULA, now=a_month_later, late=COURSE) == Decimal("11.7")
    assert max_reachable(TERMS, scores, FORMULA, now=a_month_later, late=COURSE, zeroed=True) == 0
