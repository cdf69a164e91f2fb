"""Rounding is for people: two decimals on a page, a whole number in the record book, halves up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.policy import quantize, record_grade


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(60, 14), "4.29"),
        (Decimal("0.125"), "0.13"),
        (Decimal("0.12499"), "0.12"),
        (Decimal("-0.125"), "-0.13"),
        (Fraction(1, 3), "0.33"),
        (Decimal("6"), "6.00"),
        (10, "10.00"),
    ],
)
def test_two_decimals_for_display(value: Decimal | Fraction | int, shown: str) -> None:
    assert str(quantize(value)) == shown


@pytest.mark.parametrize(("total", "grade"), [("0", 0), ("7.4999", 7), ("7.5", 8), ("8.5", 9), ("10", 10)])
def test_the_record_book(total: str, grade: int) -> None:
    assert record_grade(Decimal(total)) == grade
    assert record_grade(Fraction(total)) == grade


@given(st.decimals(-1000, 1000, places=5), st.integers(0, 5))
def test_it_is_the_half_up_of_the_decimal_module(value: Decimal, places: int) -> None:
    assert quantize(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(st.fractions(0, 100), st.integers(0, 6))
def test_it_is_off_by_at_most_half_of_the_last_place(value: Fraction, places: int) -> None:
    assert abs(Fraction(quantize(value, places)) - value) <= Fraction(1, 2) / 10**places


def test_the_precision_that_the_caller_has_set_does_not_matter() -> None:
    with localcontext(prec=1):
        assert quantize(Decimal("12.345")) == Decimal("12.35")
