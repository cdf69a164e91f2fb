"""What a standing is made of: all that one student has done in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from kafedra import policy
from kafedra.course import Run
from kafedra.policy.scheme import Marked
from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.people.models import User
from kafedra.web.runs.terms import Terms
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.line import Line, today
from kafedra.web.standings.values import Zeroed


@dataclass(frozen=True, eq=False)
class PersonalStanding:
    """Everything computed for one student of a run: each assignment, and the standing that follows.

    All of it follows from what is `known` by the `terms` of the run, and is computed when it is asked for.
    """

    student: User
    run: Run
    terms: Terms
    known: Facts

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Each assignment, in the order of the homework table."""
        student, late, scores = self.student.pk, self.terms.late, self.scores
        return tuple(
            Line(homework, work, (student, work.slug), self.known, late, scores[work.slug])
            for homework in self.run.homework
            for work in homework.assignments
        )

    @cached_property
    def scores(self) -> Mapping[str, policy.Score | None]:
        """What counts of each assignment, by slug, in the same order."""
        student, late, best = self.student.pk, self.terms.late, self.known.best
        return {
            work.slug: best((student, work.slug), homework.deadline, late)
            for homework in self.run.homework
            for work in homework.assignments
        }

    @cached_property
    def points(self) -> tuple[Decimal | None, ...]:
        """What each assignment has earned, in the same order; None where nothing was graded."""
        return tuple(None if score is None else score.points for score in self.scores.values())

    @cached_property
    def standing(self) -> policy.Standing:
        """The points and the grade that follow."""
        zeroed = self.zeroed is not None
        return policy.standing(self.terms.assignments, self.scores, self.terms.scheme, self.marks, zeroed)

    @property
    def marks(self) -> Mapping[str, Decimal]:
        """What of the grade isn't homework, by name: marks, and blitzes in per cent."""
        return self.known.marks(self.student.pk)

    @property
    def zeroed(self) -> Zeroed | None:
        """The case by which all homework counts as nothing."""
        return self.known.given.zeroed.get(self.student.pk)

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
        titles = self.run.mark_titles
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
        now = today()
        ahead = [line for line in self.lines if line.homework.issued is not None and line.homework.issued > now]
        nearest = min((line.homework.issued for line in ahead if line.homework.issued), default=None)
        return tuple(line for line in ahead if line.homework.issued == nearest)

    @property
    def _open(self) -> list[Line]:
        return [line for line in self.lines if line.ready and not line.perfect]


def _none(_mark: Marked) -> Decimal:
    return Decimal(0)


def _most(mark: Marked) -> Decimal:
    return mark.most
