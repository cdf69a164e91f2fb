"""What a scheme makes of one student's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from kafedra.policy.scheme.formula import HOMEWORK, Letter, Rounding


@dataclass(frozen=True, slots=True)
class Grade:
    """One student's grade, exactly.

    `components` are parts and marks by name; None is what isn't known yet. `computed` is the grade by `total`, which
    needs every mark; `automat_total` that of the automat; `total` the better of the two that there are. `admitted` says
    of each mark that has a condition whether it is met. `failed` are the numbers of the requirements that are not.
    """

    components: Mapping[str, Fraction | None]
    automat: bool
    automat_total: Fraction | None
    computed: Fraction | None
    total: Fraction | None
    record: int | None
    letter: str | None
    admitted: Mapping[str, bool] = field(default_factory=dict)
    failed: tuple[int, ...] = ()

    @property
    def homework(self) -> Fraction:
        """O_hw, which is always known."""
        return self.components[HOMEWORK] or Fraction(0)


def in_record_book(total: Fraction, rounding: Rounding) -> int:
    """The whole number for the record book; a total is never negative."""
    match rounding:
        case "down":
            return floor(total)
        case "up":
            return ceil(total)
        case "half even":
            return round(total)
    return floor(total + Fraction(1, 2))


def letter_of(total: Fraction, letters: Sequence[Letter]) -> str | None:
    """The letter of the exact total; None below the least."""
    return next((one.letter for one in letters if total >= one.least), None)
