"""The functions of the grammar: what each is given, which values it can have, what it makes of the values there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from kafedra.policy.exact import Exact

FUNCTIONS = {
    "sum": "sum(homework), sum(a, b)",
    "mean": "mean(homework)",
    "min": "min(10, a)",
    "max": "max(a, b)",
    "best": "best(5, homework)",
    "drop": "drop(1, homework)",
    "scale": "scale(a, 10)",
    "most": "most(homework)",
    "round": "round(a), round(a, 1)",
}
COUNTING = frozenset({"best", "drop"})  # a number first, a list then; a list comes out
REDUCING = frozenset({"sum", "mean", "min", "max"})  # numbers and lists; a number comes out
MOST_PLACES = 6


def total(values: Sequence[Exact]) -> Fraction:
    """The sum. Decimals are summed as such, which is several times faster; the caller's arithmetic is exact."""
    decimals = [value for value in values if isinstance(value, Decimal)]
    found = Fraction(sum(decimals, Decimal(0)))
    if len(decimals) == len(values):
        return found
    return sum((Fraction(value) for value in values if not isinstance(value, Decimal)), found)


def mean(values: Sequence[Exact]) -> Fraction:
    """The sum by the number of values, whether or not they are there yet."""
    return total(values) / len(values)


def least(values: Sequence[Exact]) -> Fraction:
    """The smallest."""
    return Fraction(min(values))


def greatest(values: Sequence[Exact]) -> Fraction:
    """The largest."""
    return Fraction(max(values))


REDUCERS: dict[str, Callable[[Sequence[Exact]], Fraction]] = {
    "sum": total,
    "mean": mean,
    "min": least,
    "max": greatest,
}


def kept(function: str, number: int, values: Sequence[Exact]) -> list[Exact]:
    """The best `number` of `values`, or all but the `number` lowest; the greatest first."""
    count = number if function == "best" else len(values) - number
    return sorted(values, reverse=True)[:count]


def rounded(value: Exact, places: int = 0) -> Fraction:
    """Halves go up: 2.5 becomes 3, −2.5 becomes −2."""
    step = Fraction(10) ** places
    return floor(Fraction(value) * step + Fraction(1, 2)) / step
