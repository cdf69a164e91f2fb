"""Terms as values: what they hold, how they are stored, how two of them differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Final

from kafedra.policy import AssignmentTerms, Formula, LatePolicy, Scheme
from kafedra.web.runs import course
from kafedra.web.runs.terms.formulas import formula_from_json, formula_json, formula_texts

NOTHING_TO_COUNT: Final[Any] = {"total": "0", "parts": (), "automat": None, "required": ()}  # a run without homework


@dataclass(frozen=True)
class Terms:
    """Everything that turns what was handed in into a grade.

    `gone` are assignments that were accepted and have left the files since: a formula may still name them.
    """

    assignments: tuple[AssignmentTerms, ...]
    late: LatePolicy
    formula: Formula
    gone: tuple[AssignmentTerms, ...] = field(default=(), compare=False)

    @cached_property
    def scheme(self) -> Scheme:
        """What the formula means for these assignments. Raises SchemeError if it means nothing there."""
        topics = {topic.number for topic in course.written().topics} | _topics_named(self.formula)
        works = (*self.assignments, *self.gone)
        formula = self.formula if works else replace(self.formula, **NOTHING_TO_COUNT)
        return _scheme(formula, works, tuple(sorted(topics)))

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


@lru_cache(maxsize=16)
def _scheme(formula: Formula, works: tuple[AssignmentTerms, ...], topics: tuple[int, ...]) -> Scheme:
    """What is accepted is read anew by many pages, and means the same each time."""
    return Scheme(formula, works, topics)


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
        "formula": formula_json(terms.formula),
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
    late = {name: Decimal(value) for name, value in document["late"].items()}
    return Terms(assignments, LatePolicy(**late), formula_from_json(document["formula"]))


def _topics_named(formula: Formula) -> set[int]:
    texts = " ".join(str(value) for _name, value in formula_texts(formula))
    return {int(number) for number in re.findall(r"blitz_(\d{1,3})", texts)}


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
        Difference(slug, name, getattr(old.get(slug), name, None), getattr(new.get(slug), name, None))
        for slug in dict.fromkeys([*new, *old])
        for name in ("max_points", "bonus", "deadline", "judged_of")
    ]
    late = LatePolicy.__slots__
    found += [Difference("", name, getattr(before.late, name), getattr(after.late, name)) for name in late]
    was, will_be = (dict(formula_texts(terms.formula)) for terms in (before, after))
    found += [Difference("", name, was.get(name), will_be.get(name)) for name in dict.fromkeys([*will_be, *was])]
    return tuple(one for one in found if one.before != one.after)
