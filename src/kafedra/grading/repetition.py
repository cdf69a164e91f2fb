"""The same submission over several seeds: which tests can't make up their mind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kafedra.grading.report import Outcome, Report


@dataclass(frozen=True)
class FlakyTest:
    """A test whose outcome varies with the seed: the seeds by outcome, each list in the order of the runs."""

    id: str
    title: str
    seeds: Mapping[Outcome, tuple[int, ...]]


def flaky_tests(reports: Iterable[Report]) -> tuple[FlakyTest, ...]:
    """Tests that ended in more than one way, in the order of the first report that has them."""
    titles: dict[str, str] = {}
    seen: dict[str, dict[Outcome, list[int]]] = {}
    for report in reports:
        for test in report.tests:
            titles.setdefault(test.id, test.title)
            seen.setdefault(test.id, {}).setdefault(test.outcome, []).append(report.seed)
    return tuple(
        FlakyTest(name, titles[name], {outcome: tuple(seeds) for outcome, seeds in outcomes.items()})
        for name, outcomes in seen.items()
        if len(outcomes) > 1
    )
