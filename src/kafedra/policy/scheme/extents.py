"""What values something can have: its unit, its range, and whether it only grows with what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Unit = Literal["", "points", "percent"]
UNIT_WORDS: dict[Unit, str] = {"": "a plain number", "points": "points", "percent": "per cent"}
HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Extent:
    """A number between `low` and `high`, both included.

    `rises`: no value below it can grow and make it smaller; `falls`: none can grow and make it larger. A constant does
    both.
    """

    low: Fraction
    high: Fraction
    unit: Unit = ""
    rises: bool = True
    falls: bool = False

    @classmethod
    def constant(cls, value: Fraction, unit: Unit = "") -> Extent:
        """That one number."""
        return cls(value, value, unit, rises=True, falls=True)

    @property
    def fixed(self) -> bool:
        """Whether it is one number, whatever anybody earns."""
        return self.low == self.high

    def flipped(self) -> Extent:
        """The opposite number."""
        return Extent(-self.high, -self.low, self.unit, rises=self.falls, falls=self.rises)

    def through(self, step: Callable[[Fraction], Fraction]) -> Extent:
        """What becomes of it by a `step` that never turns the order round."""
        return replace(self, low=step(self.low), high=step(self.high))

    def with_unit(self, unit: Unit) -> Extent:
        """The same range of another unit."""
        return replace(self, unit=unit)


def add(left: Extent, right: Extent) -> Extent:
    """Their sum; the unit is that of the left one, or of the right one where the left has none."""
    return Extent(
        left.low + right.low,
        left.high + right.high,
        left.unit or right.unit,
        rises=left.rises and right.rises,
        falls=left.falls and right.falls,
    )


def multiply(left: Extent, right: Extent, unit: Unit) -> Extent:
    """Their product. Only factors that are never negative grow together."""
    if left.fixed and right.fixed:
        return Extent.constant(left.low * right.low, unit)
    if left.fixed and left.low < 0:
        return multiply(left.flipped(), right.flipped(), unit)
    if right.fixed and right.low < 0:
        return multiply(left.flipped(), right.flipped(), unit)
    corners = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    orderly = (left.low >= 0 or right.fixed) and (right.low >= 0 or left.fixed)
    return Extent(
        min(corners),
        max(corners),
        unit,
        rises=orderly and left.rises and right.rises,
        falls=orderly and left.falls and right.falls,
    )


def invert(one: Extent) -> Extent:
    """1 / it, which must not have 0 in its range."""
    return Extent(1 / one.high, 1 / one.low, one.unit, rises=one.falls, falls=one.rises)


def together(many: Sequence[Extent], step: Callable[[Sequence[Fraction]], Fraction]) -> Extent:
    """What becomes of several by a `step` that grows with each of them: a sum, the least, the greatest."""
    return Extent(
        step([one.low for one in many]),
        step([one.high for one in many]),
        many[0].unit if many else "points",
        rises=all(one.rises for one in many),
        falls=all(one.falls for one in many),
    )


def ordered(many: Sequence[Extent]) -> list[Extent]:
    """The extents of the greatest of them, the second …: the n-th of the lows to the n-th of the highs."""
    lows, highs = (sorted(ends, reverse=True) for ends in ([e.low for e in many], [e.high for e in many]))
    rises, falls = all(one.rises for one in many), all(one.falls for one in many)
    return [Extent(low, high, many[0].unit, rises, falls) for low, high in zip(lows, highs, strict=True)]
