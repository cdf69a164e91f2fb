"""From rows of the database to what was handed in, repository by repository.

What a repository's rows came to is kept for the next page about everybody, beside these rows and all else that it
follows from: it is taken again while they are the same, and there is nothing to invalidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

from kafedra.web.standings.pushed import NOTHING, ONE, Pushed, Pushes
from kafedra.web.standings.sources import Contribution
from kafedra.web.standings.values import ByHand, Key
from kafedra.web.submissions.graded import GradedRow

_THOUSANDTH = Decimal("0.001")  # as reports keep points
_RUNS_KEPT = 2  # some 15 MB for 300 students, 22 assignments and 20,000 submissions
_kept: dict[int, dict[int, _Kept]] = {}  # by the run's id, the repository's; the run asked about last is the last
_keeping = Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of submissions elsewhere: what `by_review` gives for a review, points by people, scales."""

    by_review: Mapping[str, Decimal]
    given: Contribution
    scales: Mapping[str, Decimal]


class _Basis(NamedTuple):
    """All that the pushes of one repository follow from. `taken_off` and `by_hand` are in the order of the rows."""

    rows: tuple[GradedRow, ...]
    by_review: Decimal | None
    opened: datetime | None
    scale: Decimal
    taken_off: tuple[Decimal | None, ...]
    by_hand: tuple[ByHand | None, ...]


class _Kept(NamedTuple):
    basis: _Basis
    pushes: Pushes


def histories(
    run: int, rows: Iterable[GradedRow], owners: Mapping[int, Key], said: Said, *, everybody: bool
) -> dict[Key, Pushes]:
    """The submissions of each repository, newest first, as `rows` come, by its owner and assignment.

    What they come to is kept if they are of `everybody` in the run.
    """
    kept, found = _kept.get(run, {}), dict[int, _Kept]()
    for repository, group in groupby(rows, itemgetter(0)):
        basis = _basis(tuple(group), owners[repository], said)
        before = kept.get(repository)
        same = before is not None and before.basis == basis
        found[repository] = before if before is not None and same else _Kept(basis, _pushes(basis))
    if everybody:
        _keep(run, found)
    return {owners[repository]: one.pushes for repository, one in found.items()}


def _keep(run: int, found: dict[int, _Kept]) -> None:
    with _keeping:
        _kept.pop(run, None)
        _kept[run] = found
        while len(_kept) > _RUNS_KEPT:
            del _kept[next(iter(_kept))]


def _basis(rows: tuple[GradedRow, ...], owner: Key, said: Said) -> _Basis:
    numbers, given = [row[1] for row in rows], said.given
    return _Basis(
        rows,
        said.by_review.get(owner[1]),
        given.opened.get(owner),
        said.scales.get(owner[1], ONE),
        tuple(map(given.taken_off.get, numbers)),
        tuple(map(given.judged.get, numbers)),
    )


def _pushes(basis: _Basis) -> Pushes:
    rows, by_review, opened, scale, taken_off, judged = basis
    found, last = list[Pushed](), None
    for (_repository, pk, commit, moment, state, kept, seconds), off, by_hand in zip(
        rows, taken_off, judged, strict=True
    ):
        if pk == last:  # an older report
            continue
        last = pk
        pushed_at = datetime.fromisoformat(moment + "+00:00") if isinstance(moment, str) else moment
        points = _points(kept) if isinstance(kept, str) else kept
        awaits = by_review is not None and off is None and by_hand is None
        if points is not None and by_review is not None and off is not None:
            points = by_review
        spent = opened is not None and opened <= pushed_at
        found.append(
            Pushed(pk, commit, pushed_at, state, points, seconds or 0.0, off or NOTHING, by_hand, spent, scale, awaits)
        )
    return Pushes(found)


@lru_cache(maxsize=4096)
def _points(kept: str) -> Decimal:
    return Decimal(kept).quantize(_THOUSANDTH)
