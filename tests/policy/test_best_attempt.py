"""The best submission counts: by points after the penalty, then the earlier."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import Attempt, LatePolicy, best, score

COURSE = LatePolicy(Decimal(10), Decimal(30))
DEADLINE = datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)


def attempt(key: int | str, worth: str, late_by: timedelta) -> Attempt:
    return Attempt(key, Decimal(worth), DEADLINE + late_by, timedelta(0))


# Few values, so that equal points and equal moments are common.
attempts = st.lists(
    st.builds(
        attempt,
        key=st.integers(0, 5) | st.sampled_from("abc"),
        worth=st.sampled_from(["0", "0.7", "0.9", "1"]),
        late_by=st.sampled_from([timedelta(days=days) for days in (-1, 0, 1, 2, 30)]),
    ),
    max_size=6,
)


def test_no_submission_no_score() -> None:
    assert best([], DEADLINE, COURSE) is None


def test_a_good_late_one_beats_a_poor_one_in_time() -> None:
    result = best([attempt(1, "0.5", timedelta(0)), attempt(2, "1", timedelta(days=2))], DEADLINE, COURSE)
    assert result is not None
    assert (result.key, result.points) == (2, Decimal("0.8"))


def test_a_later_perfect_one_does_not_beat_what_the_penalty_makes_it_worth() -> None:
    result = best([attempt(1, "0.9", timedelta(0)), attempt(2, "1", timedelta(days=2))], DEADLINE, COURSE)
    assert result is not None
    assert (result.key, result.points) == (1, Decimal("0.9"))


def test_of_equal_points_the_earlier_counts() -> None:
    result = best([attempt(1, "1", timedelta(days=1)), attempt(2, "0.9", timedelta(0))], DEADLINE, COURSE)
    assert result is not None
    assert result.key == 2  # 1 · 0.9 and 0.9 · 1


@given(attempts, st.randoms(use_true_random=False), st.sampled_from([None, DEADLINE]))
def test_the_order_of_the_attempts_never_matters(
    some: list[Attempt], random: Random, deadline: datetime | None
) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)
    assert best(shuffled, deadline, COURSE) == best(some, deadline, COURSE)


@given(attempts.filter(bool))
def test_none_is_better_than_the_best(some: list[Attempt]) -> None:
    result = best(some, DEADLINE, COURSE)
    scores = [score(one, DEADLINE, COURSE) for one in some]
    assert result in scores
    assert result is not None
    assert all(one.points <= result.points for one in scores)
    assert all(one.submitted_at >= result.submitted_at for one in scores if one.points == result.points)


@given(attempts, attempts)
def test_one_more_submission_never_hurts(some: list[Attempt], more: list[Attempt]) -> None:
    before, after = best(some, DEADLINE, COURSE), best([*some, *more], DEADLINE, COURSE)
    assert before is None or (after is not None and after.points >= before.points)
