"""Terms as values: what they hold, how they are stored, how two of them differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from kafedra.policy import AssignmentTerms, Formula, LatePolicy


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that turns what was handed in into a grade."""

    assignments: tuple[AssignmentTerms, ...]
    late: LatePolicy
    formula: Formula

    @property
    def deadlines(self) -> dict[str, datetime | None]:
        """The deadline of each assignment, by slug."""
        return {one.slug: one.deadline for one in self.assignments}

    @property
    def scales(self) -> dict[str, Decimal]:
        """How many points of the run one of the judge's is, by slug."""
        return {one.slug: one.scale for one in self.assignments}

    @property
    def counted_max(self) -> Decimal:
        """The sum over the assignments that are no bonus."""
        return sum((one.max_points for one in self.assignments if not one.bonus), Decimal(0))


def as_json(terms: Terms) -> dict[str, Any]:
    """Plain values, exact: `from_json` gives equal terms back."""
    return {
        "assignments": [
            {
                "slug": one.slug,
                "points": str(one.max_points),
                "bonus": one.bonus,
                "judge_points": None if one.judge_points is None else str(one.judge_points),
                "deadline": one.deadline.isoformat() if one.deadline else None,
            }
            for one in terms.assignments
        ],
        "late": {name: str(getattr(terms.late, name)) for name in LatePolicy.__slots__},
        "formula": {name: str(getattr(terms.formula, name)) for name in Formula.__slots__},
    }


def from_json(document: Mapping[str, Any]) -> Terms:
    """Terms as `as_json` wrote them."""
    assignments = tuple(
        AssignmentTerms(
            slug=one["slug"],
            max_points=Decimal(one["points"]),
            bonus=one["bonus"],
            deadline=datetime.fromisoformat(one["deadline"]) if one["deadline"] else None,
            judge_points=Decimal(one["judge_points"]) if one.get("judge_points") else None,
        )
        for one in document["assignments"]
    )
    late, formula = ({name: Decimal(value) for name, value in document[part].items()} for part in ("late", "formula"))
    return Terms(assignments, LatePolicy(**late), Formula(**formula))


@dataclass(frozen=True, slots=True)
class Difference:
    """One number or moment that is not what it was. `slug` is the assignment it belongs to, or empty."""

    slug: str
    field: str
    before: object
    after: object


def differences(before: Terms, after: Terms) -> tuple[Difference, ...]:
    """What changed, in the order of the homework table, then the penalty and the formula."""
    old, new = ({one.slug: one for one in terms.assignments} for terms in (before, after))
    found = [
        Difference(slug, field, getattr(old.get(slug), field, None), getattr(new.get(slug), field, None))
        for slug in dict.fromkeys([*new, *old])
        for field in ("max_points", "bonus", "deadline", "judged_of")
    ]
    for one, other in ((before.late, after.late), (before.formula, after.formula)):
        found += [Difference("", field, getattr(one, field), getattr(other, field)) for field in type(one).__slots__]
    return tuple(one for one in found if one.before != one.after)
