"""10 % for each started day after the deadline, never more than 30 %, and no hard deadline."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import LatePolicy, days_late, days_to_most, late_penalty
from kafedra.policy.late import penalty_for

COURSE = LatePolicy(Decimal(10), Decimal(30))
DEADLINE = datetime(2023, 1, 30, 23, 59, 59, tzinfo=ZoneInfo("Europe/Moscow"))

lateness = st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400))
percents = st.decimals(0, 100, places=2)
policies = st.builds(LatePolicy, percents, percents)


@pytest.mark.parametrize(
    ("late_by", "days", "penalty"),
    [
        (timedelta(days=-30), 0, "0"),
        (timedelta(seconds=-1), 0, "0"),
        (timedelta(0), 0, "0"),
        (timedelta(microseconds=1), 1, "0.1"),
        (timedelta(seconds=1), 1, "0.1"),
        (timedelta(days=1), 1, "0.1"),
        (timedelta(days=1, seconds=1), 2, "0.2"),
        (timedelta(days=2), 2, "0.2"),
        (timedelta(days=2, seconds=1), 3, "0.3"),
        (timedelta(days=3), 3, "0.3"),
        (timedelta(days=3, seconds=1), 4, "0.3"),
        (timedelta(days=30), 30, "0.3"),
    ],
)
def test_the_table_of_the_course(late_by: timedelta, days: int, penalty: str) -> None:
    assert days_late(DEADLINE + late_by, DEADLINE) == days
    assert late_penalty(DEADLINE + late_by, DEADLINE, COURSE) == Decimal(penalty)


def test_nothing_is_late_without_a_deadline() -> None:
    assert late_penalty(DEADLINE + timedelta(days=1000), None, COURSE) == 0


def test_an_extension_is_a_later_deadline() -> None:
    submitted_at = DEADLINE + timedelta(days=2)
    assert late_penalty(submitted_at, DEADLINE, COURSE) == Decimal("0.2")
    assert late_penalty(submitted_at, DEADLINE + timedelta(days=1), COURSE) == Decimal("0.1")
    assert late_penalty(submitted_at, DEADLINE + timedelta(days=2), COURSE) == 0


@given(lateness, lateness, policies)
def test_later_is_never_cheaper(one: timedelta, other: timedelta, policy: LatePolicy) -> None:
    sooner, later = sorted([DEADLINE + one, DEADLINE + other])
    assert late_penalty(sooner, DEADLINE, policy) <= late_penalty(later, DEADLINE, policy)


@given(lateness, policies)
def test_the_penalty_stays_between_nothing_and_the_ceiling(late_by: timedelta, policy: LatePolicy) -> None:
    assert 0 <= late_penalty(DEADLINE + late_by, DEADLINE, policy) <= policy.max_percent / 100 <= 1


@given(lateness, st.sampled_from(["UTC", "Europe/Moscow", "America/New_York", "Asia/Kathmandu"]))
def test_it_does_not_matter_in_which_zone_a_moment_is_written(late_by: timedelta, zone: str) -> None:
    submitted_at = DEADLINE.astimezone(UTC) + late_by
    elsewhere = submitted_at.astimezone(ZoneInfo(zone))
    assert days_late(elsewhere, DEADLINE) == days_late(submitted_at, DEADLINE.astimezone(UTC))


def test_a_day_has_24_hours_even_when_the_clocks_change() -> None:
    # On 26 March 2023 Berlin skipped an hour: 25 hours by the clock on the wall, 24 in truth.
    berlin = ZoneInfo("Europe/Berlin")
    deadline = datetime(2023, 3, 25, 20, tzinfo=berlin)
    assert days_late(datetime(2023, 3, 26, 21, tzinfo=berlin), deadline) == 1
    assert days_late(datetime(2023, 3, 26, 21, 0, 1, tzinfo=berlin), deadline) == 2
    # On 29 October an hour came twice; the second two o'clock is an hour after the first.
    first, second = (datetime(2023, 10, 29, 2, tzinfo=berlin, fold=fold) for fold in (0, 1))
    assert days_late(first, first) == 0
    assert days_late(second, first) == 1


def test_a_moment_without_an_offset_is_no_moment() -> None:
    naive = datetime(2023, 1, 30, 12)  # noqa: DTZ001 — the point of the test
    with pytest.raises(ValueError, match="submitted_at must be an aware datetime"):
        late_penalty(naive, DEADLINE, COURSE)
    with pytest.raises(ValueError, match="deadline must be an aware datetime"):
        late_penalty(DEADLINE, naive, COURSE)
    with pytest.raises(ValueError, match="submitted_at must be an aware datetime"):
        late_penalty(naive, None, COURSE)


@pytest.mark.parametrize("value", [0.1, "10", True, None])
def test_a_percentage_is_an_exact_number(value: object) -> None:
    with pytest.raises(TypeError, match="percent_per_day must be a Decimal or an int, never a float"):
        LatePolicy(value, Decimal(30))  # type: ignore[arg-type]  # what a careless caller does


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "100.01"])
def test_a_ceiling_is_between_0_and_100_percent(value: str) -> None:
    with pytest.raises(ValueError, match="max_percent must be"):
        LatePolicy(Decimal(10), Decimal(value))


@given(policies)
def test_the_day_on_which_lateness_costs_the_most(policy: LatePolicy) -> None:
    days = days_to_most(policy)
    assert penalty_for(days, policy) == penalty_for(days + 1, policy)
    assert days == 0 or penalty_for(days - 1, policy) < penalty_for(days, policy)


def test_that_of_the_course_is_the_third() -> None:
    assert days_to_most(COURSE) == 3
