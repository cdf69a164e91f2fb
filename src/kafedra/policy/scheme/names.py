"""The names that a formula may use besides its parts: assignments, lists of them, marks, blitzes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from kafedra.policy.exact import Exact
from kafedra.policy.scheme.checking import Meaning
from kafedra.policy.scheme.extents import Extent
from kafedra.policy.scheme.formula import TOTAL, Formula
from kafedra.policy.scheme.functions import FUNCTIONS
from kafedra.policy.terms import AssignmentTerms

LISTS = {
    "homework": "the assignments that are no bonus",
    "bonus": "the bonus ones",
    "all": "all of them",
    "blitzes": "the blitzes",
}
TAKEN = frozenset({*FUNCTIONS, *LISTS, TOTAL, "and", "or", "automat"})
NAME = re.compile(r"[^\W\d]\w*(-\w+)*")
NOTHING = Decimal(0)


def blitz_of(topic: int) -> str:
    """What the result in the blitz of a topic is called, in per cent."""
    return f"blitz_{topic}"


def meanings(formula: Formula, works: Sequence[AssignmentTerms], topics: Iterable[int]) -> dict[str, Meaning]:
    """Every such name and what it means."""
    each = {one.slug: _points(one) for one in works}
    blitzes = {blitz_of(topic): Extent(Fraction(0), Fraction(100), "percent") for topic in topics}
    marks = {one.name: Extent(Fraction(0), Fraction(one.most), one.unit) for one in formula.marks}
    lists: dict[str, Meaning] = {
        "homework": tuple(each[one.slug] for one in works if not one.bonus),
        "bonus": tuple(each[one.slug] for one in works if one.bonus),
        "all": tuple(each.values()),
        "blitzes": tuple(blitzes.values()),
    }
    return {**each, **blitzes, **marks, **lists}


def _points(one: AssignmentTerms) -> Extent:
    return Extent(Fraction(0), Fraction(one.max_points), "points")


def values_of(
    works: Sequence[AssignmentTerms], earned: Mapping[str, Exact], topics: Iterable[int], others: Mapping[str, Exact]
) -> dict[str, Exact | tuple[Exact, ...] | None]:
    """What stands behind these names for one student; `others` are blitzes and marks. A blitz never tried is 0."""
    each = {one.slug: earned.get(one.slug, NOTHING) for one in works}
    blitzes = {name: others.get(name, NOTHING) for name in map(blitz_of, topics)}
    return {
        **each,
        **blitzes,
        "homework": tuple(each[one.slug] for one in works if not one.bonus),
        "bonus": tuple(each[one.slug] for one in works if one.bonus),
        "all": tuple(each.values()),
        "blitzes": tuple(blitzes.values()),
    }
