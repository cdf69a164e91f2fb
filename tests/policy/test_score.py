"""points = max(0, automatic − taken off) · (1 − penalty), at the push plus the time its tests took."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import Attempt, LatePolicy, best, score

COURSE = LatePolicy(Decimal(10), Decimal(30))
DEADLINE = datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)

points = st.decimals(0, 100, places=3)
moments = st.integers(0, 2 * 365 * 86_400).map(
    lambda second: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)
attempts = st.builds(
    Attempt,
    key=st.integers(),
    points=points,
    pushed_at=moments,
    grading_time=st.timedeltas(timedelta(0), timedelta(hours=1)),
    taken_off=points,
)


def attempt(late_by: timedelta, worth: str = "1", taken_off: str = "0", took: int = 0) -> Attempt:
    return Attempt(1, Decimal(worth), DEADLINE + late_by, timedelta(seconds=took), Decimal(taken_off))


@pytest.mark.parametrize(
    ("late_by", "automatic", "taken_off", "worth"),
    [
        (timedelta(0), "1", "0", "1"),
        (timedelta(seconds=1), "1", "0", "0.9"),
        (timedelta(days=3), "1", "0", "0.7"),
        (timedelta(days=30), "1", "0", "0.7"),
        (timedelta(0), "4", "0.5", "3.5"),
        (timedelta(days=2), "4", "0.5", "2.8"),  # the reviewer's points go first, then the per cent
        (timedelta(0), "0.3", "0.5", "0"),  # a reviewer takes what is there, never more
        (timedelta(days=2), "0.85", "0", "0.680"),
    ],
)
def test_worked_examples(late_by: timedelta, automatic: str, taken_off: str, worth: str) -> None:
    assert score(attempt(late_by, automatic, taken_off), DEADLINE, COURSE).points == Decimal(worth)


def test_the_score_shows_what_it_was_made_of() -> None:
    result = score(attempt(timedelta(days=1, hours=1), "4", "0.5"), DEADLINE, COURSE)
    assert (result.key, result.automatic, result.taken_off) == (1, Decimal(4), Decimal("0.5"))
    assert (result.days_late, result.penalty, result.points) == (2, Decimal("0.2"), Decimal("2.8"))
    assert result.submitted_at == DEADLINE + timedelta(days=1, hours=1)


def test_the_time_of_the_tests_is_the_students_and_counts() -> None:
    just_in_time = attempt(timedelta(seconds=-10), took=10)
    a_second_late = attempt(timedelta(seconds=-10), took=11)
    assert just_in_time.submitted_at == DEADLINE
    assert score(just_in_time, DEADLINE, COURSE).points == 1
    assert score(a_second_late, DEADLINE, COURSE).points == Decimal("0.9")


def test_the_push_is_a_moment_in_any_zone() -> None:
    in_moscow = DEADLINE.astimezone(timezone(timedelta(hours=3)))
    assert Attempt(1, Decimal(1), in_moscow, timedelta(0)).submitted_at == DEADLINE
    with pytest.raises(ValueError, match="pushed_at must be an aware datetime"):
        Attempt(1, Decimal(1), in_moscow.replace(tzinfo=None), timedelta(0))


@given(attempts, st.none() | moments)
def test_never_negative_and_never_more_than_the_judge_gave(one: Attempt, deadline: datetime | None) -> None:
    assert 0 <= score(one, deadline, COURSE).points <= one.points


@given(attempts, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_an_extension_never_costs_points(one: Attempt, deadline: datetime, extension: timedelta) -> None:
    assert score(one, deadline + extension, COURSE).points >= score(one, deadline, COURSE).points


@given(attempts, moments)
def test_the_callers_decimal_precision_does_not_matter(one: Attempt, deadline: datetime) -> None:
    exact = score(one, deadline, COURSE)
    with localcontext(prec=2):
        assert score(one, deadline, COURSE) == exact


def test_floats_and_negative_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match="points must be a Decimal or an int, never a float"):
        Attempt(1, 0.1, DEADLINE, timedelta(0))  # type: ignore[arg-type]  # what a careless caller does
    with pytest.raises(ValueError, match="taken_off must be a finite number, zero or more: -1"):
        Attempt(1, Decimal(1), DEADLINE, timedelta(0), Decimal(-1))
    with pytest.raises(ValueError, match="grading_time must not be negative"):
        Attempt(1, Decimal(1), DEADLINE, timedelta(seconds=-1))


def test_a_run_counts_the_judges_points_by_its_own_scale() -> None:
    found = score(replace(attempt(timedelta(seconds=1), "0.75", "0.5"), scale=Decimal(4)), DEADLINE, COURSE)
    assert (found.automatic, found.points) == (3, Decimal("2.25"))  # (4 · 0.75 − 0.5) · 0.9


def test_where_the_run_gives_no_points_the_best_is_the_judges_best() -> None:
    some = [replace(attempt(timedelta(hours=hours), worth), key=hours, scale=Decimal(0))
            for hours, worth in ((-3, "0.25"), (-2, "1"), (-1, "0.5"))]  # fmt: skip
    found = best(some, DEADLINE, COURSE)
    assert found is not None
    assert (found.key, found.points) == (-2, 0)
