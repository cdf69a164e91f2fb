"""What was handed in once: a submission with the facts of which its worth follows, and which of many can count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from kafedra import policy
from kafedra.web.standings.values import ByHand
from kafedra.web.submissions.models import State

ONE = Decimal(1)
NOTHING = Decimal(0)
_TERMS_KEPT = 4  # under so many terms at once is it asked what counts: those in force, and what somebody thinks of


class Pushed(NamedTuple):
    """One submission and the facts of which its worth follows; `points` are the judge's, None until there is a report.

    `by_hand` are points that stand instead of the judge's. One of the judge's is `scale` of the run's. `spent`: its
    author had opened the solution before.
    A plain tuple, because a run has tens of thousands of them.
    """

    id: int
    commit: str
    pushed_at: datetime
    state: str
    points: Decimal | None
    grading_seconds: float
    taken_off: Decimal
    by_hand: ByHand | None
    spent: bool = False
    scale: Decimal = ONE
    awaits: bool = False  # the review that gives it its points

    @property
    def worth(self) -> Decimal | None:
        """Points before any penalty, the judge's own where the run gives none; None while none can count."""
        if self.by_hand is not None:  # a person who sets points knows what they do
            points: Decimal | None = self.by_hand.points
        else:
            points = None if self.spent else self.points
            if points is not None and self.scale != ONE and self.scale:
                points *= self.scale
        return points - self.taken_off if points is not None and self.taken_off else points

    @property
    def submitted_at(self) -> datetime:
        """The moment that is compared with the deadline, as the policy defines it."""
        return self.pushed_at + timedelta(seconds=self.grading_seconds)

    def score(self, deadline: datetime | None, late: policy.LatePolicy) -> policy.Score | None:
        """What it is worth by the student's own deadline; None while there are no points."""
        points, scale = (self.by_hand.points, ONE) if self.by_hand else (self.points, self.scale)
        if points is None:
            return None
        return policy.score_of(self.id, (points, scale, self.taken_off), self.submitted_at, deadline, late)

    @property
    def attempt(self) -> policy.Attempt | None:
        """The same for the policy; None while there are no points."""
        # A person's points need no judge: a submission that could not be graded may be given points, too.
        points = self.by_hand.points if self.by_hand else self.points
        if points is None:
            return None
        took, scale = timedelta(seconds=self.grading_seconds), ONE if self.by_hand else self.scale
        return policy.Attempt(self.id, points, self.pushed_at, took, self.taken_off, scale)


_awaits = attrgetter("awaits")


class Pushes(tuple[Pushed, ...]):
    """What was handed in to one repository, newest first. What follows from that alone is found once."""

    def score(self, deadline: datetime | None, late: policy.LatePolicy) -> policy.Score | None:
        """What counts of it by the student's own `deadline`; None while nothing can."""
        for asked, under, found in self._scores:
            if asked == deadline and (under is late or under == late):
                return found
        push = self.leading(deadline, late)
        score = None if push is None else push.score(deadline, late)
        self._scores = ((deadline, late, score), *self._scores[: _TERMS_KEPT - 1])
        return score

    def leading(self, deadline: datetime | None, late: policy.LatePolicy) -> Pushed | None:
        """The submission that counts; None while none can."""
        pushes, merits = self._promising
        if len(pushes) < 2:  # nothing to compare
            return pushes[0] if pushes else None
        return pushes[policy.leading(merits, deadline, late)]

    def scaled(self, scale: Decimal) -> Pushes:
        """The same where one point of the judge's is so many of the run's."""
        if not self or self[0].scale == scale:
            return self
        known, pushes = self._scaled
        if pushes is None or known != scale:
            pushes = Pushes(push._replace(scale=scale) for push in self)
            self._scaled = scale, pushes
        return pushes

    @cached_property
    def _scaled(self) -> tuple[Decimal, Pushes | None]:
        return ONE, None

    @cached_property
    def _promising(self) -> Promising:
        return promising(self)

    @cached_property
    def _scores(self) -> tuple[tuple[datetime | None, policy.LatePolicy, policy.Score | None], ...]:
        return ()


NO_PUSHES = Pushes()


class Promising(NamedTuple):
    """The submissions of which one counts, the oldest first, and what the policy compares them by."""

    pushes: Sequence[Pushed]
    merits: Sequence[policy.Merit]


def awaited(pushes: Sequence[Pushed]) -> Pushed | None:
    """The newest of these that waits for a review, if an earlier one had it and lost something in it."""
    newest = next((push for push in pushes if push.worth is not None), None)
    if newest is None or not newest.awaits:
        return None
    read = [push for push in pushes if not push.awaits and push.worth is not None]
    return newest if read and all(push.taken_off or push.by_hand for push in read) else None


def promising(pushes: Sequence[Pushed]) -> Promising:
    """Those that can be the best: without what was pushed after another was graded with no fewer points.

    Whatever the penalty, it only grows with time, so such a one never counts. The policy still decides; it is
    only spared most of a long history.
    """
    found, merits = list[Pushed](), list[policy.Merit]()
    if any(map(_awaits, pushes)):
        newest = next((push for push in pushes if push.awaits and push.worth is not None), None)
        pushes = [push for push in pushes if not push.awaits or push is newest]  # the others nobody needs to read
    most, graded_at = Decimal(-1), None
    for push in reversed(pushes):  # the oldest first
        worth = push.worth
        if worth is None or (graded_at is not None and worth <= most and push.pushed_at > graded_at):
            continue
        submitted_at = push.submitted_at
        found.append(push)
        merits.append(policy.Merit(push.id, worth if worth > NOTHING else NOTHING, submitted_at))
        if worth > most:
            most, graded_at = worth, submitted_at
    return Promising(found, merits)


@dataclass(frozen=True, slots=True)
class Mark:
    """One submission and what it is worth to its author."""

    id: int
    commit: str
    pushed_at: datetime
    state: State
    attempt: policy.Attempt | None
    deadline: datetime | None
    counted: bool
    late: policy.LatePolicy = field(repr=False)
    by_hand: ByHand | None = None
    spent: bool = False
    awaits: bool = False

    @property
    def score(self) -> policy.Score | None:
        """What it is worth; None until there is a report. Computed when asked: most of a gradebook isn't looked at."""
        return None if self.attempt is None else policy.score(self.attempt, self.deadline, self.late)

    @property
    def short_commit(self) -> str:
        """The commit as git abbreviates it."""
        return self.commit[:7]

    @property
    def pending(self) -> bool:
        """True while the verdict is still to come by itself."""
        return self.state in (State.WAITING, State.RUNNING)


def mark(push: Pushed, *, deadline: datetime | None, late: policy.LatePolicy, counted: policy.Score | None) -> Mark:
    """`push` against its author's own deadline."""
    return Mark(
        id=push.id,
        commit=push.commit,
        pushed_at=push.pushed_at,
        state=State(push.state),
        attempt=push.attempt,
        deadline=deadline,
        counted=counted is not None and counted.key == push.id,
        late=late,
        by_hand=push.by_hand,
        spent=push.spent and push.by_hand is None,
        awaits=push.awaits,
    )
