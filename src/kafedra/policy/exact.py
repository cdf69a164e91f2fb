"""Exact numbers in, exact numbers out; rounding is for the eye and for the record book, and happens here.

A float is refused, not converted: 0.1 + 0.2 is not an argument to have with a student.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, localcontext
from fractions import Fraction
from math import floor

Exact = Decimal | Fraction | int


def quantize(value: Exact, places: int = 2) -> Decimal:
    """`value` with exactly `places` decimals, as people see it: halves go away from zero (0.125 → 0.13).

    For display only. Nothing in this package computes with a quantised number.
    """
    with exact_arithmetic():
        return Decimal(_half_up(Fraction(value) * 10**places)).scaleb(-places)


def record_grade(total: Exact) -> int:
    """The whole number that goes into the record book: 7.49 → 7, 7.5 → 8."""
    return _half_up(Fraction(total))


def _half_up(value: Fraction) -> int:
    nearest = floor(abs(value) + Fraction(1, 2))
    return nearest if value >= 0 else -nearest


@contextmanager
def exact_arithmetic() -> Iterator[None]:
    """Inside, decimal arithmetic is exact or raises `decimal.Inexact`: it never rounds behind our back."""
    with localcontext(Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero])):
        yield


def non_negative(value: Decimal | int, name: str) -> Decimal:
    """`value` as a finite Decimal, zero or more.

    Raises TypeError for a float or anything else inexact, ValueError for a negative, infinite or NaN value.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{name} must be a Decimal or an int, never a float: {value!r}")
    number = Decimal(value)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{name} must be a finite number, zero or more: {value}")
    return number
