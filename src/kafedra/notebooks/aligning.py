"""Which parts of two sequences are the same, at a cost that is known beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

Opcode = tuple[str, int, int, int, int]

# A unit takes some 20 ns. A cell of 200 lines rewritten as a whole costs about half a million.
_MAX_AT_ONCE: Final = 8_000_000
_MAX_IN_ALL: Final = 24_000_000
_MAX_LINES: Final = 20_000


@dataclass
class Effort:
    """What is left to be spent on comparing whatever stands on one page."""

    left: int = _MAX_IN_ALL
    lines: int = _MAX_LINES

    def covers(self, cost: int) -> bool:
        """Whether so much may be spent; then it is."""
        if cost > min(self.left, _MAX_AT_ONCE):
            return False
        self.left -= cost
        return True


def aligned(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort) -> tuple[list[Opcode], bool]:
    """What difflib's opcodes say, and whether that is all that can be said.

    False: comparing would cost too much, and what lies between the common beginning and the common end is one
    replaced piece. Two texts in which few lines repeat many times take difflib cubic time.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    first, second = old[head : ends[0]], new[head : ends[1]]
    affordable = effort.covers(_cost(first, second))
    middle = [("replace", 0, len(first), 0, len(second))]
    if affordable:
        middle = list(SequenceMatcher(None, first, second, autojunk=False).get_opcodes())
    return [
        *([("equal", 0, head, 0, head)] if head else []),
        *((name, head + a, head + b, head + c, head + d) for name, a, b, c, d in middle),
        *([("equal", ends[0], len(old), ends[1], len(new))] if tail else []),
    ], affordable


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many parts at the beginning are the same."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (first, second) in enumerate(pairs) if first != second), min(len(one), len(other)))


def _cost(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """An upper bound: each of the pieces that difflib finds may have it look at every pair of equal parts."""
    shorter, counted = min(len(old), len(new)), Counter(new)
    return (sum(counted[part] for part in old) + len(old) + len(new)) * shorter
