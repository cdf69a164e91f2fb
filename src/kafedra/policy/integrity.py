"""What an integrity case may end in, and how long a student may answer. No share of equal lines decides anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """What a case is about: work taken or given away, or an attempt to deceive the grader."""

    COPYING = "copying"
    DECEIVING = "deceiving"


class Ruling(StrEnum):
    """What a case ends in for one student, from the mildest on. ALL: every homework of the run counts as nothing."""

    NOTHING = "nothing"
    WARNING = "warning"
    ASSIGNMENT = "assignment"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class IntegrityRule:
    """The rule of a run: what can be found on each ground, besides that there was nothing."""

    answer_days: int = 7
    copying: Sequence[Ruling] = (Ruling.WARNING, Ruling.ASSIGNMENT, Ruling.ALL)
    deceiving: Sequence[Ruling] = (Ruling.WARNING, Ruling.ASSIGNMENT)

    def rulings(self, ground: Ground) -> tuple[Ruling, ...]:
        """What a case on this ground may end in, from the mildest on."""
        named = self.copying if ground is Ground.COPYING else self.deceiving
        return tuple(one for one in Ruling if one is Ruling.NOTHING or one in named)
