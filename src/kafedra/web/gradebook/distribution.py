"""How points and grades are distributed: counted into bins, and what a reader who sees no picture is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from statistics import median

from kafedra.web.frame.language import spoken
from kafedra.web.frame.numbers import Exact
from kafedra.web.gradebook.table import Gradebook

BINS = 20  # of a grade: half a point each where the scale goes to ten
BINS_OF_A_WORK = 10


@dataclass(frozen=True, slots=True)
class Distribution:
    """`counts[i]` values lie in the i-th of equal parts of 0…`most`, which has its lower end; the last has both ends.

    `without` is how many have no value; `line` is a threshold to be drawn; `middle` is None without values.
    """

    title: str
    counts: tuple[int, ...]
    most: Fraction
    without: int
    middle: Fraction | None
    full: int
    line: Fraction | None = None

    @property
    def total(self) -> int:
        """How many have a value."""
        return sum(self.counts)


def distribution(
    title: str, values: Sequence[Exact | None], most: Exact, bins: int, line: Fraction | None = None
) -> Distribution:
    """Of values from 0 to `most`; what is above belongs to the last bin."""
    there, top = [Fraction(value) for value in values if value is not None], Fraction(most)
    counts = [0] * bins
    for value in there:
        counts[min(bins - 1, max(0, floor(value * bins / top)))] += 1
    middle = median(there) if there else None
    full = sum(value >= top for value in there)
    return Distribution(title, tuple(counts), top, len(values) - len(there), middle, full, line)


def of_homework(book: Gradebook) -> Distribution:
    """O_hw of everybody, with the automat's line."""
    values = [row.standing.homework for row in book.rows]
    most = max([Fraction(book.counted_max), *values]) or Fraction(1)
    return distribution("O_hw", values, most, BINS, book.scheme.threshold)


def of_totals(book: Gradebook) -> Distribution:
    """The grades that are known."""
    return distribution("O_total", [row.standing.total for row in book.rows], book.scheme.formula.cap or 1, BINS)


def of_works(book: Gradebook) -> list[Distribution]:
    """The points of each assignment that has any."""
    return [
        distribution(
            column.work.title.in_(spoken()), [row.points[place] for row in book.rows], column.work.points,
            BINS_OF_A_WORK,
        )
        for place, column in enumerate(book.columns)
        if column.work.points
    ]  # fmt: skip
