"""Sparing the policy most of a long history never changes what counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kafedra import policy
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.pushed import Pushed, Pushes
from kafedra.web.standings.values import ByHand, Later

DEADLINE = datetime(2023, 1, 30, 20, 59, 59, tzinfo=UTC)
LATE = policy.LatePolicy(Decimal(10), Decimal(30))
KEY = (1, "activations")
quarters = st.integers(0, 8).map(lambda n: Decimal(n) / 4)


@st.composite
def pushes(draw: st.DrawFn) -> list[Pushed]:
    """Newest first, as selectors read them; some ungraded, some set by hand, some graded for long."""
    scale = draw(st.sampled_from([Decimal(1), Decimal(0), Decimal("2.5"), Decimal("0.1")]))
    hours = sorted(draw(st.lists(st.integers(-60, 120), max_size=8)), reverse=True)
    return [
        Pushed(
            id=len(hours) - place,
            commit="c" * 40,
            pushed_at=DEADLINE + timedelta(hours=hour),
            state="graded",
            points=draw(st.none() | quarters),
            grading_seconds=draw(st.sampled_from([0.0, 0.5, 5.0, 9000.0])),
            taken_off=draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(3)])),
            by_hand=draw(st.none() | st.builds(ByHand, quarters, st.just("viva"), st.just(DEADLINE))),
            scale=scale,
        )
        for place, hour in enumerate(hours)
    ]


@given(pushes())
def test_the_best_is_the_best_of_all(history: list[Pushed]) -> None:
    attempts = [push.attempt for push in history if push.attempt is not None]
    facts = Facts({KEY: Pushes(history)}, frozenset())
    assert facts.best(KEY, DEADLINE, LATE) == policy.best(attempts, DEADLINE, LATE)


@given(pushes(), st.integers(1, 5))
def test_an_extension_never_takes_anything_away(history: list[Pushed], days: int) -> None:
    without = Facts({KEY: Pushes(history)}, frozenset())
    before, after = (one.best(KEY, DEADLINE, LATE) for one in (without, without.extended({KEY: Later(None, days)})))
    assert (before is None) == (after is None)
    assert before is None or after is None or after.points >= before.points


def _handed_in(number: int, hour: int, points: Decimal | None, *, awaits: bool) -> Pushed:
    moment = DEADLINE + timedelta(hours=hour)
    return Pushed(number, "c" * 40, moment, "graded", points, 0.1, Decimal(0), None, awaits=awaits)


def test_of_what_a_person_marks_the_newest_push_waits_for_them() -> None:
    first, second = (_handed_in(number, number, Decimal(0), awaits=True) for number in (1, 2))
    running = _handed_in(3, 3, None, awaits=True)
    best = Facts({KEY: Pushes([running, second, first])}, frozenset()).best(KEY, DEADLINE, LATE)
    assert best is not None
    assert best.key == 2


def test_a_reviewed_version_counts_until_a_later_one_is_worth_more() -> None:
    reviewed = _handed_in(1, -2, Decimal(3), awaits=False)
    later = _handed_in(2, -1, Decimal(0), awaits=True)
    for history, counts in (([later, reviewed], 1), ([later._replace(points=Decimal(4), awaits=False), reviewed], 2)):
        best = Facts({KEY: Pushes(history)}, frozenset()).best(KEY, DEADLINE, LATE)
        assert best is not None
        assert best.key == counts


def test_what_is_sent_again_is_awaited_only_if_it_can_bring_more() -> None:
    lost = _handed_in(1, -2, Decimal(3), awaits=False)._replace(taken_off=Decimal(1))
    later = _handed_in(2, -1, Decimal(0), awaits=True)
    running = _handed_in(3, 0, None, awaits=True)
    for history, awaited in (
        ([later, lost], 2),
        ([running, later, lost], 2),
        ([later, lost._replace(taken_off=Decimal(0))], None),
        ([later], None),  # it waits as what counts
        ([lost], None),
        ([lost._replace(id=4), later, lost], None),
    ):
        found = Facts({KEY: Pushes(history)}, frozenset()).awaited(KEY)
        assert (found and found.id) == awaited
