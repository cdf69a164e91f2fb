"""What a standing is made of: one assignment for one student, one student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.utils import timezone

from kafedra import policy
from kafedra.course import AssignedWork, Homework
from kafedra.policy.scheme import Marked
from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.terms import Terms
from kafedra.web.standings.facts import Mark, Pushed, awaited, mark
from kafedra.web.standings.values import ByHand, Later, Zeroed
from kafedra.web.submissions.models import State


@dataclass(frozen=True)
class Line:
    """One assignment as it stands for one student, by the student's own deadline (None: never late).

    `score` is what counts: of the best submission, or set by hand for the whole assignment. `zeroed` names the case for
    which nothing of it does.
    """

    homework: Homework
    work: AssignedWork
    accepted: bool
    pushed: Sequence[Pushed]
    deadline: datetime | None
    late: policy.LatePolicy
    score: policy.Score | None
    by_hand: ByHand | None
    extension: Later | None
    solution_opened: datetime | None = None
    zeroed: Zeroed | None = None

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
        return self.homework.issued is None or self.homework.issued <= _today()

    @property
    def state(self) -> str:
        """One word: later, new, accepted, waiting, running, graded or fault."""
        if self.latest is not None:
            return self.latest.state.value
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


@dataclass(frozen=True)
class PersonalStanding:
    """Everything computed for one student: each assignment, and the standing that follows.

    `zeroed` is the case by which all homework counts as nothing.
    """

    student: User
    lines: tuple[Line, ...]
    standing: policy.Standing
    terms: Terms
    marks: Mapping[str, Decimal] = field(default_factory=dict)
    run_slug: str = ""
    zeroed: Zeroed | None = None

    @cached_property
    def scores(self) -> Mapping[str, policy.Score | None]:
        """What counts of each assignment, by slug."""
        return {line.work.slug: line.score for line in self.lines}

    @cached_property
    def reachable(self) -> Fraction:
        """The largest O_hw still within reach: all that is left handed in at this moment without a mistake."""
        own = [self._own_terms(one) for one in self.terms.assignments]
        now, late, zeroed = clock.now(), self.terms.late, self.standing.zeroed
        return policy.max_reachable(own, self.scores, self.terms.scheme, now=now, late=late, zeroed=zeroed)

    def named(self, scores: Mapping[str, policy.Score | None], marks: Mapping[str, Decimal]) -> policy.Values:
        """The values of every name that the formula knows, with these scores and marks."""
        earned = {} if self.standing.zeroed else policy.earned(self.terms.assignments, scores)
        return self.terms.scheme.values(earned, marks)

    def standing_with(self, scores: Mapping[str, policy.Score | None], marks: Mapping[str, Decimal]) -> policy.Standing:
        """The standing with these scores and marks in place of today's."""
        return policy.standing(self.terms.assignments, scores, self.terms.scheme, marks, self.standing.zeroed)

    @cached_property
    def unmarked(self) -> tuple[Marked, ...]:
        """What is still to be marked, of all that the formula has marks for."""
        return tuple(one for one in self.terms.formula.marks if self.standing.grade.components[one.name] is None)

    @cached_property
    def by_marks(self) -> tuple[Fraction, Fraction] | None:
        """The grade if nothing more is handed in, for the worst and for the best marks that are still to come.

        None where no mark is to come.
        """
        if not self.unmarked:
            return None
        lowest, highest = (self._if_marked({one.name: mark(one) for one in self.unmarked}) for mark in (_none, _most))
        return None if lowest is None or highest is None else (lowest, highest)

    @property
    def marks_to_come(self) -> str:
        """What these marks are called, in the language of the page."""
        titles = course.current().runs[self.run_slug].mark_titles
        names = [(one.name, titles.get(one.name)) for one in self.unmarked]
        return ", ".join(title.in_(spoken()) if title else name for name, title in names)

    def _if_marked(self, more: Mapping[str, Decimal]) -> Fraction | None:
        return self.standing_with(self.scores, {**self.marks, **more}).computed

    def _own_terms(self, one: policy.AssignmentTerms) -> policy.AssignmentTerms:
        line = self.line(one.slug)
        most = (line.points or Decimal(0)) if line.perfect else one.max_points
        return replace(one, max_points=min(most, one.max_points), deadline=line.deadline)

    def line(self, slug: str) -> Line:
        """One assignment of the run. Raises KeyError if the run has none such."""
        for line in self.lines:
            if line.work.slug == slug:
                return line
        raise KeyError(slug)

    @property
    def scored(self) -> tuple[Line, ...]:
        """The lines that have points, in the order of the homework table."""
        return tuple(line for line in self.lines if line.points is not None)

    @property
    def reviewed(self) -> bool:
        """True when a review took points off anything that counts."""
        return any(line.score and line.score.taken_off for line in self.lines)

    @property
    def due_next(self) -> tuple[Line, ...]:
        """What is open and has its deadline ahead, the nearest deadline only (it may be of several assignments)."""
        ahead = [line for line in self._open if line.deadline is not None and not line.is_over]
        nearest = min((line.deadline for line in ahead if line.deadline), default=None)
        return tuple(line for line in ahead if line.deadline == nearest)

    @property
    def due_later(self) -> tuple[Line, ...]:
        """What is open and due after the nearest deadline, in the order of deadlines."""
        first = self.due_next
        ahead = [line for line in self._open if line.deadline and not line.is_over and line not in first]
        return tuple(sorted(ahead, key=lambda line: (line.deadline, line.homework.number)))

    @property
    def without_deadline(self) -> tuple[Line, ...]:
        """What is open and may be handed in at any time."""
        return tuple(line for line in self._open if line.deadline is None)

    @property
    def overdue(self) -> tuple[Line, ...]:
        """What was never pushed though its deadline is over, and costs points."""
        return tuple(line for line in self._open if line.is_over and not line.pushed and line.work.points)

    @property
    def improvable(self) -> tuple[Line, ...]:
        """What has points, is past its deadline, and could still earn more even after the penalty."""
        has_points = [line for line in self._open if line.is_over and line.pushed and line.points is not None]
        return tuple(line for line in has_points if line.best_now > (line.points or 0))

    @property
    def issued_next(self) -> tuple[Line, ...]:
        """What the nearest date of issue brings."""
        today = _today()
        ahead = [line for line in self.lines if line.homework.issued is not None and line.homework.issued > today]
        nearest = min((line.homework.issued for line in ahead if line.homework.issued), default=None)
        return tuple(line for line in ahead if line.homework.issued == nearest)

    @property
    def _open(self) -> list[Line]:
        return [line for line in self.lines if line.ready and not line.perfect]


def _none(_mark: Marked) -> Decimal:
    return Decimal(0)


def _most(mark: Marked) -> Decimal:
    return mark.most


def is_ready(homework: Homework, work: AssignedWork) -> bool:
    """Whether students may see the statement and accept: the course has it, and its date of issue has come."""
    issued = homework.issued
    return work.slug in course.current().assignments and (issued is None or issued <= _today())


def _today() -> date:
    """The date where the course is taught."""
    return timezone.localtime(clock.now(), timezone=course.current().timezone).date()
