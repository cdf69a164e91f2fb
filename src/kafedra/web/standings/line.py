"""One assignment as it stands for one student."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from kafedra import policy
from kafedra.course import AssignedWork, Homework
from kafedra.web import clock
from kafedra.web.runs import course
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.pushed import Mark, Pushed, awaited, mark
from kafedra.web.standings.values import ByHand, Key, Later, Zeroed
from kafedra.web.submissions.models import State


@dataclass(frozen=True, eq=False)
class Line:
    """One assignment as it stands for the student of `key`, by what is `known`.

    `score` is what counts: of the best submission, or set by hand for the whole assignment. The rest is looked up when
    it is asked for: a run has thousands of lines, and most of a page about everybody asks for little of each.
    """

    homework: Homework
    work: AssignedWork
    key: Key
    known: Facts
    late: policy.LatePolicy
    score: policy.Score | None

    @property
    def accepted(self) -> bool:
        """Whether the student has a repository for it."""
        return self.key in self.known.accepted

    @cached_property
    def pushed(self) -> Sequence[Pushed]:
        """What was handed in, newest first."""
        return self.known.pushed.get(self.key, ())

    @cached_property
    def deadline(self) -> datetime | None:
        """The student's own deadline; None: never late."""
        return self.known.deadline(self.key, self.homework.deadline)

    @property
    def by_hand(self) -> ByHand | None:
        """Points set by hand for the whole assignment."""
        return self.known.given.final.get(self.key)

    @property
    def extension(self) -> Later | None:
        """The extension that gives the student most time."""
        return self.known.extension(self.key, self.homework.deadline)

    @property
    def solution_opened(self) -> datetime | None:
        """When the student came to know the solution."""
        return self.known.given.opened.get(self.key)

    @property
    def zeroed(self) -> Zeroed | None:
        """The case for which nothing of it counts."""
        return self.known.given.zeroed.get(self.key)

    @cached_property
    def history(self) -> tuple[Mark, ...]:
        """Every submission, newest first."""
        return tuple(self._mark(push) for push in self.pushed)

    @cached_property
    def counted(self) -> Mark | None:
        """The submission whose points count."""
        if self.score is None:
            return None
        return next((self._mark(push) for push in self.pushed if push.id == self.score.key), None)

    @cached_property
    def latest(self) -> Mark | None:
        """The newest submission."""
        return self._mark(self.pushed[0]) if self.pushed else None

    @cached_property
    def pending(self) -> bool:
        """True while the verdict on any submission is still to come by itself: the newest may overtake an older one."""
        return any(push.state in (State.WAITING, State.RUNNING) for push in self.pushed)

    @cached_property
    def awaited(self) -> Mark | None:
        """What was sent again after a person had read the work, and waits for them; None if nothing does."""
        found = None if self.by_hand else awaited(self.pushed)
        return None if found is None else self._mark(found)

    def _mark(self, push: Pushed) -> Mark:
        return mark(push, deadline=self.deadline, late=self.late, counted=self.score)

    @cached_property
    def penalty_now(self) -> Decimal:
        """What a submission of this moment would lose, as a fraction."""
        return policy.late_penalty(clock.now(), self.deadline, self.late)

    @property
    def extended(self) -> bool:
        """True when the student's deadline is later than the course's."""
        return self.deadline != self.homework.deadline

    @property
    def is_over(self) -> bool:
        """True after the deadline."""
        return self.deadline is not None and self.deadline < clock.now()

    @property
    def shown(self) -> Mark | None:
        """The submission to look at first: the counted one, else the newest."""
        return self.counted or self.latest

    @property
    def best_now(self) -> Decimal:
        """What a faultless submission would be worth at this moment."""
        return self.work.points * (1 - self.penalty_now)

    @property
    def points(self) -> Decimal | None:
        """What counts today, penalty included; None if nothing was graded."""
        return self.score.points if self.score else None

    @property
    def perfect(self) -> bool:
        """True when nothing more can be earned here."""
        return self.zeroed is not None or self.by_hand is not None or self.solution_opened is not None or self.full

    @property
    def solution_at(self) -> datetime | None:
        """From when on the student may open the solution: as much later as their deadline is; None: never.

        Not before their deadline, even if the files of the course have an earlier one that isn't in force yet.
        """
        at, of_course = self.homework.solutions, self.homework.deadline
        if at is None or of_course is None or self.deadline is None:
            return at
        return max(at + max(self.deadline - of_course, timedelta(0)), self.deadline)

    @property
    def late_is_free(self) -> bool:
        """True where late work still earns everything: then a solution opens only if the run says when."""
        return policy.days_to_most(self.late) == 0

    @property
    def settled(self) -> bool:
        """True when not even a faultless submission of this moment would be worth more than what counts."""
        if not self.work.points:  # there is nothing to lose by waiting
            return self.perfect
        return self.perfect or (self.points is not None and self.best_now <= self.points)

    @property
    def full(self) -> bool:
        """True when it has all its points; where the run gives none, all that the tests give."""
        if not self.work.points and self.counted is not None and self.counted.attempt is not None:
            return self.counted.attempt.points >= self.work.judged_of
        return self.points is not None and self.points >= self.work.points

    @property
    def ready(self) -> bool:
        """True when the course has the assignment and the run has issued it."""
        return is_ready(self.homework, self.work)

    @property
    def is_issued(self) -> bool:
        """True from the date of issue on, or when the run gives none."""
        return self.homework.issued is None or self.homework.issued <= today()

    @property
    def state(self) -> str:
        """One word: later, new, accepted, waiting, running, graded or fault."""
        if self.pushed:
            return self.pushed[0].state
        if self.accepted:
            return "accepted"
        return "new" if self.ready else "later"

    @property
    def shown_state(self) -> str:
        """The same, but `unread` while a person is to give the points of the newest submission."""
        newest = self.pushed[0] if self.pushed else None
        if newest is None or not newest.awaits or newest.worth is None or self.by_hand:
            return self.state
        counts = self.score is not None and self.score.key == newest.id
        return "unread" if counts or self.awaited is not None else self.state


def is_ready(homework: Homework, work: AssignedWork) -> bool:
    """Whether students may see the statement and accept: the course has it, and its date of issue has come."""
    issued = homework.issued
    return work.slug in course.current().assignments and (issued is None or issued <= today())


def today() -> date:
    """The date where the course is taught."""
    return timezone.localtime(clock.now(), timezone=course.current().timezone).date()
