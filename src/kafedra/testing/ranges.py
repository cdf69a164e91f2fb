"""Numbers that must lie in a range: one, or every element of an array or of nested lists."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

from kafedra.testing import arrays, values


class NoNumber(Exception):
    """Something in it is no real number; ``place`` is where, ``found`` what it is."""

    def __init__(self, place: str, found: Any) -> None:
        super().__init__(place)
        self.place = place
        self.found = found


@dataclass(frozen=True)
class Outside:
    """How many numbers there are, how many lie outside, and the one that lies farthest; NaN lies farthest of all."""

    total: int
    count: int = 0
    place: str = ""
    number: float = 0.0
    distance: float = 0.0

    def __add__(self, other: Outside) -> Outside:
        far = self if self.distance >= other.distance else other
        return Outside(self.total + other.total, self.count + other.count, far.place, far.number, far.distance)


def outside(value: Any, low: float, high: float, place: str = "") -> Outside:
    """Raises :class:`NoNumber`."""
    if type(value) in (list, tuple):
        found = (outside(one, low, high, f"{place}[{number}]") for number, one in enumerate(value))
        if not value:
            raise NoNumber(place, value)
        return sum(found, Outside(0))
    if (values.is_tensor(value) or values.is_array(value)) and math.prod(value.shape) > 1:
        return _outside_array(value, low, high, place)
    number = values.as_number(value)
    if number is None or isinstance(number, complex):
        raise NoNumber(place, value)
    distance = max(low - number, number - high) if number == number else math.inf
    return Outside(1) if low <= number <= high else Outside(1, 1, place, number, distance)


def _outside_array(value: Any, low: float, high: float, place: str) -> Outside:
    flat = arrays.plain(value)
    numpy = sys.modules["numpy"]
    if not arrays.is_numeric(value) or flat.dtype.kind in "bc":
        raise NoNumber(place, value)
    wide = flat.astype(numpy.float64)
    distance = numpy.where(numpy.isnan(wide), math.inf, numpy.maximum(low - wide, wide - high))
    count = int((distance > 0).sum())
    if not count:
        return Outside(int(flat.size))
    at = tuple(int(one) for one in numpy.unravel_index(int(distance.argmax()), distance.shape))
    where = f"{place}[{', '.join(map(str, at))}]"
    return Outside(int(flat.size), count, where, float(wide[at]), float(distance[at]))
