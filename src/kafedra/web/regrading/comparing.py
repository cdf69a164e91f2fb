"""Two verdicts on one submission side by side: which tests changed their outcome, and whether only the seed did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kafedra.grading import Report
from kafedra.grading.repetition import flaky_tests
from kafedra.web.submissions.changes import TestChange, changed_tests


class Effect(StrEnum):
    """What a regrade means for one submission."""

    GAIN = "gain"
    LOSE = "lose"
    SAME = "same"
    SEED_ONLY = "seed_only"  # another seed gives another outcome: no reason to move anybody's points
    NOT_GRADED = "not_graded"  # a fault of ours
    SUPERSEDED = "superseded"  # it was graded again meanwhile

    @property
    def applies(self) -> bool:
        """Whether the new report is to be the one that counts."""
        return self in (Effect.GAIN, Effect.LOSE, Effect.SAME)


@dataclass(frozen=True, slots=True)
class VerdictComparison:
    """What differs between the report that counts and the new one."""

    change: Effect
    before: Decimal
    after: Decimal
    tests: tuple[TestChange, ...]
    flaky: tuple[str, ...]

    @property
    def difference(self) -> Decimal:
        """Points gained; negative for a loss."""
        return self.after - self.before


def compare(before: Report, first: Report, second: Report | None) -> VerdictComparison:
    """`first` has the seed of `before`, `second` another one."""
    flaky = frozenset(test.id for test in flaky_tests([first, second])) if second is not None else frozenset[str]()
    tests = changed_tests(before.tests, first.tests, flaky)
    return VerdictComparison(_kind(before, first, tests), before.points, first.points, tests, tuple(sorted(flaky)))


def _kind(before: Report, after: Report, tests: Sequence[TestChange]) -> Effect:
    if tests and all(_is_the_seeds_doing(test) for test in tests):
        return Effect.SEED_ONLY
    if after.points == before.points:
        return Effect.SAME
    return Effect.GAIN if after.points > before.points else Effect.LOSE


def _is_the_seeds_doing(test: TestChange) -> bool:
    """A test that is there before and after, for as many points, and whose outcome varies with the seed now."""
    if test.before is None or test.after is None:
        return False
    return test.flaky and test.before.max_points == test.after.max_points
