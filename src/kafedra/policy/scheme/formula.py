"""A grade scheme as people write it: texts and numbers, nothing computed. `Scheme` is what it means for one run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kafedra.policy.exact import non_negative

Rounding = Literal["half up", "half even", "up", "down"]
HOMEWORK = "O_hw"  # the part that pages call homework; sum(all) unless the scheme says otherwise
TOTAL = "total"
PLAIN_HOMEWORK = "sum(all)"


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked by people: an exam, attendance. From 0 to `most`, in points or per cent.

    `admission` is what must be reached before it counts, `unmarked` what stands while there is no mark (None: nothing,
    and what needs it isn't known).
    """

    name: str
    most: Decimal = Decimal(10)
    unit: Literal["points", "percent"] = "points"
    admission: str | None = None
    unmarked: Decimal | None = None

    def __post_init__(self) -> None:
        non_negative(self.most, "most")


@dataclass(frozen=True, slots=True)
class Automat:
    """Passing without the exam: the condition `when`, and the grade it then is."""

    when: str
    total: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be reached; who doesn't gets `otherwise` at most."""

    condition: str
    otherwise: Decimal


@dataclass(frozen=True, slots=True)
class Letter:
    """A grade by letter: of a total from `least` on."""

    least: Decimal
    letter: str


@dataclass(frozen=True, slots=True)
class Formula:
    """How points and marks make the grade. Every text is a formula of the grammar that `reading` describes.

    `parts` are named components in the order they are shown; `cap` is the highest grade. `letters` begin with the best.
    """

    total: str
    parts: tuple[tuple[str, str], ...] = ()
    marks: tuple[Marked, ...] = ()
    automat: Automat | None = None
    required: tuple[Requirement, ...] = ()
    letters: tuple[Letter, ...] = ()
    cap: Decimal = Decimal(10)
    rounding: Rounding = "half up"

    def __post_init__(self) -> None:
        non_negative(self.cap, "cap")

    @property
    def all_parts(self) -> tuple[tuple[str, str], ...]:
        """The parts, with the homework among them."""
        if any(name == HOMEWORK for name, _text in self.parts):
            return self.parts
        return ((HOMEWORK, PLAIN_HOMEWORK), *self.parts)

    def mark(self, name: str) -> Marked | None:
        """What is marked under this name."""
        return next((one for one in self.marks if one.name == name), None)
