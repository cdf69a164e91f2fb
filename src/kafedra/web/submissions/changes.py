"""The tests of two reports side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kafedra.grading import TestReport


@dataclass(frozen=True, slots=True)
class TestChange:
    """One test before and after; None where there was or is no such test. `flaky`: its outcome varies with the seed."""

    __test__ = False  # not a test class, whatever pytest thinks of its name

    before: TestReport | None
    after: TestReport | None
    flaky: bool = False

    @property
    def test(self) -> TestReport:
        """The test, as the newer report tells of it."""
        found = self.after or self.before
        assert found is not None, "one of the two is there"
        return found

    @property
    def id(self) -> str:
        """The test's identifier."""
        return self.test.id

    @property
    def title(self) -> str:
        """What it checks."""
        return self.test.title or self.test.id


def changed_tests(
    before: Sequence[TestReport], after: Sequence[TestReport], flaky: Collection[str] = ()
) -> tuple[TestChange, ...]:
    """The tests that ended or are worth otherwise, or are in one of the two alone; in the order of the newer."""
    old, new = ({test.id: test for test in tests} for tests in (before, after))
    return tuple(
        TestChange(old.get(name), new.get(name), name in flaky)
        for name in dict.fromkeys([*new, *old])
        if name not in old or name not in new or _said(old[name]) != _said(new[name])
    )


def _said(test: TestReport) -> tuple[str, Decimal, Decimal]:
    return test.outcome, test.points, test.max_points
