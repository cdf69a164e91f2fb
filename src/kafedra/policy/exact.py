"""Exact numbers in, exact numbers out; rounding is for the eye and for the record book, and happens here.

A float is refused, not converted: 0.1 + 0.2 is not an argument to have with a student.
"""

from contextlib import AbstractContextManager
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, localcontext
from fractions import Fraction
from math import floor

Exact = Decimal | Fraction | int
EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero])
_ROUNDING = Context(prec=200, rounding=ROUND_HALF_UP, traps=[InvalidOperation])
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(10))


def quantize(value: Exact, places: int = 2) -> Decimal:
    """`value` with exactly `places` decimals, as people see it: halves go away from zero (0.125 → 0.13).

    For display only. Nothing in this package computes with a quantised number.
    """
    if isinstance(value, Decimal) and 0 <= places < len(_STEPS):
        rounded = value.quantize(_STEPS[places], context=_ROUNDING)  # ROUND_HALF_UP goes away from zero
        return rounded if rounded else rounded.copy_abs()  # zero has no sign
    exact = Fraction(value)
    top, bottom = abs(exact.numerator) * 10**places, exact.denominator
    rounded_up = (2 * top + bottom) // (2 * bottom)  # in whole numbers: fractions are many times slower
    return EXACT.scaleb(Decimal(rounded_up if exact >= 0 else -rounded_up), -places)


def record_grade(total: Exact) -> int:
    """The whole number that goes into the record book: 7.49 → 7, 7.5 → 8."""
    return _half_up(Fraction(total))


def _half_up(value: Fraction) -> int:
    nearest = floor(abs(value) + Fraction(1, 2))
    return nearest if value >= 0 else -nearest


def exact_arithmetic() -> AbstractContextManager[Context]:
    """Inside, decimal arithmetic is exact or raises `decimal.Inexact`: it never rounds behind our back.

    Entered once around many operations, not once for each: it costs more than they do. `EXACT` has a method for each.
    """
    return localcontext(EXACT)


def non_negative(value: Decimal | int, name: str) -> Decimal:
    """`value` as a finite Decimal, zero or more.

    Raises TypeError for a float or anything else inexact, ValueError for a negative, infinite or NaN value.
    """
    if type(value) is Decimal and value.is_finite() and not value.is_signed():  # nearly always: nothing to convert
        return value
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"{name} must be a Decimal or an int, never a float: {value!r}")
    number = Decimal(value)
    if not number.is_finite() or number < 0:
        raise ValueError(f"{name} must be a finite number, zero or more: {value}")
    return number
