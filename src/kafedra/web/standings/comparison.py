"""Who gains and who loses: everybody's standing under two sets of terms or facts, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kafedra import policy
from kafedra.web.frame.numbers import Exact, difference
from kafedra.web.people.models import User
from kafedra.web.runs.terms import Terms
from kafedra.web.standings.facts import Facts

Scores = Mapping[str, policy.Score | None]


@dataclass(frozen=True)
class Shift:
    """One student's standing before and after."""

    student: User
    before: policy.Standing
    after: policy.Standing

    @cached_property
    def gain(self) -> Decimal:
        """What is added to O_hw, as shown beside the two; negative for a loss."""
        return difference(self.before.homework, self.after.homework)

    @property
    def loss(self) -> Decimal:
        """What is taken from O_hw; negative for a gain."""
        return -self.gain

    @property
    def automat(self) -> str:
        """`won`, `lost`, or empty when nothing changes about the automat."""
        if self.before.automat == self.after.automat:
            return ""
        return "won" if self.after.automat else "lost"

    @property
    def nothing(self) -> bool:
        """True when neither the points nor the grade move."""
        return _moved(self.before) == _moved(self.after)

    @property
    def total_moves(self) -> bool:
        """Whether the grade is another one, or begins or ceases to be known."""
        return (self.before.total, self.before.letter) != (self.after.total, self.after.letter)

    @property
    def better(self) -> Exact:
        """More than 0 for who gains, less for who loses: by grade where both are known, else by automat and O_hw."""
        before, after = self.before.total, self.after.total
        if before is not None and after is not None and before != after:
            return after - before
        return {"won": 1, "lost": -1}.get(self.automat, 0) or self.gain


@dataclass(frozen=True, slots=True)
class StandingComparison:
    """Those whose standing moves, losses first, and how many stay as they are."""

    shifts: tuple[Shift, ...]
    unmoved: int

    @property
    def losers(self) -> int:
        """How many lose something of their grade."""
        return sum(shift.better < 0 for shift in self.shifts)

    @property
    def gainers(self) -> int:
        """How many gain something."""
        return sum(shift.better > 0 for shift in self.shifts)


def _moved(standing: policy.Standing) -> tuple[object, ...]:
    return standing.homework, standing.automat, standing.total, standing.record_grade, standing.letter


def compare(students: Iterable[User], before: tuple[Terms, Facts], after: tuple[Terms, Facts]) -> StandingComparison:
    """Every student of `students` under both; no queries."""
    same = _alike(before, after)
    before, after = ((terms, known.under(terms.scales)) for terms, known in (before, after))
    all_shifts = [_shift(student, before, after, same) for student in students]
    moved = sorted((shift for shift in all_shifts if not shift.nothing), key=lambda shift: shift.better)
    return StandingComparison(tuple(moved), len(all_shifts) - len(moved))


def _alike(before: tuple[Terms, Facts], after: tuple[Terms, Facts]) -> frozenset[str]:
    """The assignments of which everybody has the same score under both, so that it is found once."""
    (old, known), (new, known_then) = before, after
    if known is not known_then or old.late != new.late:
        return frozenset()
    was = {one.slug: (one.deadline, one.scale) for one in old.assignments}
    return frozenset(one.slug for one in new.assignments if was.get(one.slug) == (one.deadline, one.scale))


def _shift(student: User, before: tuple[Terms, Facts], after: tuple[Terms, Facts], same: frozenset[str]) -> Shift:
    was = scores_of(student, *before, {})
    now = scores_of(student, *after, {slug: was[slug] for slug in same})
    return Shift(student, standing_of(student, *before, was), standing_of(student, *after, now))


def scores_of(student: User, terms: Terms, known: Facts, found: Scores) -> Scores:
    """What counts of each assignment, by slug, under terms that need not be in force; `found` are known already."""
    return {
        one.slug: found[one.slug] if one.slug in found else known.best((student.pk, one.slug), one.deadline, terms.late)
        for one in terms.assignments
    }


def standing_of(student: User, terms: Terms, known: Facts, scores: Scores) -> policy.Standing:
    """The standing that follows from these scores under these terms."""
    zeroed = student.pk in known.given.zeroed
    return policy.standing(terms.assignments, scores, terms.scheme, known.marks(student.pk), zeroed)
