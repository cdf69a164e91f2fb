"""How numbers and moments are written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from tests.web import factories

from kafedra.web import clock
from kafedra.web.frame import numbers
from kafedra.web.frame.templatetags.kafedra import day, distance, moment, percent, points, whole


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (Decimal("1.000"), "1", "1"),
        (Decimal("0.35"), "0.35", "0,35"),
        (Decimal("0.315"), "0.315", "0,315"),
        (Decimal("0.5425"), "0.5425", "0,5425"),
        (Decimal(10), "10", "10"),
        (Decimal(0), "0", "0"),
        (None, "—", "—"),
    ],
)
def test_points(value: Decimal | None, english: str, russian: str) -> None:
    assert points(value) == english
    with translation.override("ru"):
        assert points(value) == russian


@pytest.mark.parametrize(("before", "after"), [("0.775", "0.5425"), ("0.33335", "0.66665"), ("1", "0.123456")])
def test_a_difference_is_that_of_the_numbers_beside_it(before: str, after: str) -> None:
    gain = numbers.difference(Decimal(before), Decimal(after))
    assert Decimal(points(Decimal(before))) + gain == Decimal(points(Decimal(after)))


def test_a_total_has_two_decimals_at_most() -> None:
    assert points(Fraction(10, 14) * Fraction(66, 10), 2) == "4.71"


def test_percent() -> None:
    assert percent(Decimal("0.1")) == "10\N{NARROW NO-BREAK SPACE}%"


@pytest.mark.parametrize(("value", "form"), [("1", 1), ("2", 2), ("0.35", 2), ("5", 5)])
def test_a_fraction_takes_the_form_of_two(value: str, form: int) -> None:
    assert whole(Decimal(value)) == form


@pytest.mark.parametrize(
    ("ahead", "english", "russian"),
    [
        (timedelta(days=1, hours=5), "in 1 day", "через 1 день"),
        (timedelta(days=3, hours=1), "in 3 days", "через 3 дня"),
        (timedelta(hours=5, minutes=1), "in 5 hours", "через 5 часов"),
        (timedelta(minutes=21, seconds=30), "in 21 minutes", "через 21 минуту"),
        (timedelta(seconds=30), "in less than a minute", "меньше чем через минуту"),
        (timedelta(seconds=-30), "just now", "только что"),
        (timedelta(days=-2, hours=-1), "2 days ago", "2 дня назад"),
        (timedelta(days=-364, hours=-1), "364 days ago", "364 дня назад"),
        (timedelta(days=-365, hours=-1), "1 year ago", "1 год назад"),
        (timedelta(days=-1396, hours=-1), "3 years ago", "3 года назад"),
    ],
)
def test_distance(ahead: timedelta, english: str, russian: str) -> None:
    assert distance(clock.now() + ahead) == english
    with translation.override("ru"):
        assert distance(clock.now() + ahead) == russian


def test_a_moment_names_the_year_only_when_it_is_another_one() -> None:
    assert "25 January, 17:30" in moment(factories.IN_TIME)
    with translation.override("ru"):
        assert "25 января, 17:30" in moment(factories.IN_TIME)
        assert day(factories.IN_TIME.date().replace(year=2022)) == "25 января 2022"
