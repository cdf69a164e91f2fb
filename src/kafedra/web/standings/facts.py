"""What is known about the work of students. Nothing here is stored; all follows from facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from kafedra import policy
from kafedra.course import Assignment
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.histories import Said, histories
from kafedra.web.standings.pushed import NO_PUSHES, NOTHING, Pushed, Pushes, awaited
from kafedra.web.standings.sources import SOURCES, Contribution
from kafedra.web.standings.values import ByHand, Key, Later, Zeroed, longest
from kafedra.web.submissions.graded import graded_rows
from kafedra.web.submissions.models import Repository

if TYPE_CHECKING:
    from kafedra.web.people.models import User

NOTHING_GIVEN = Contribution()
ZEROED = "zeroed"  # in place of the submission that would count


@dataclass(frozen=True)
class Facts:
    """Everything known about the work of some students of one run. Pushes come newest first.

    `given` is what moves points besides the judge.
    """

    pushed: Mapping[Key, Pushes]
    accepted: frozenset[Key]
    given: Contribution = NOTHING_GIVEN

    def deadline(self, key: Key, of_course: datetime | None) -> datetime | None:
        """The student's own deadline: the course's, or a later one that was granted."""
        later = self.extension(key, of_course)
        return of_course if later is None else later.of(of_course)

    def extension(self, key: Key, of_course: datetime | None) -> Later | None:
        """The extension that gives the student most time."""
        granted = self.given.extensions.get(key)
        return longest(granted, of_course) if granted else None

    def best(self, key: Key, of_course: datetime | None, late: policy.LatePolicy) -> policy.Score | None:
        """What counts: points set by hand for the assignment, else the best submission; None if there is nothing.

        Of an assignment that a case has zeroed, nothing of it counts.
        """
        score = self._best(key, of_course, late)
        return score._replace(key=ZEROED, points=NOTHING) if score is not None and key in self.given.zeroed else score

    def _best(self, key: Key, of_course: datetime | None, late: policy.LatePolicy) -> policy.Score | None:
        final = self.given.final.get(key)
        if final is not None:
            return policy.Score("by hand", final.points, NOTHING, 0, final.points, NOTHING, final.given_at)
        return self.pushed.get(key, NO_PUSHES).score(self.deadline(key, of_course), late)

    def leading(self, key: Key, deadline: datetime | None, late: policy.LatePolicy) -> Pushed | None:
        """The submission that counts by the student's own `deadline`, unless points set by hand do; None: none can."""
        return self.pushed.get(key, NO_PUSHES).leading(deadline, late)

    def awaited(self, key: Key) -> Pushed | None:
        """Of work that a person marks, what was sent again after they had read it and could bring more; else None."""
        pushes = () if key in self.given.final else self.pushed.get(key, ())
        return awaited(pushes)

    def extended(self, more: Mapping[Key, Later]) -> Facts:
        """The same facts if these extensions were given too."""
        granted = self.given.extensions
        all_of_them = {key: [*granted.get(key, ()), later] for key, later in more.items()}
        return replace(self, given=replace(self.given, extensions={**granted, **all_of_them}))

    def set_by_hand(self, final: Mapping[Key, ByHand]) -> Facts:
        """The same facts if these points of assignments were set by hand too."""
        return replace(self, given=replace(self.given, final={**self.given.final, **final}))

    def marked(self, name: str, marks: Mapping[int, Decimal | None]) -> Facts:
        """The same facts if these students' marks of this name were these; None: no mark."""
        others = {key: value for key, value in self.given.components.items() if key[1] != name or key[0] not in marks}
        more = {(student, name): value for student, value in marks.items() if value is not None}
        return replace(self, given=replace(self.given, components={**others, **more}))

    def ruled(self, zeroed: Mapping[int | Key, Zeroed]) -> Facts:
        """The same facts if by cases just so much counted as nothing."""
        return replace(self, given=replace(self.given, zeroed=zeroed))

    @cached_property
    def _marks(self) -> Mapping[int, Mapping[str, Decimal]]:
        found: dict[int, dict[str, Decimal]] = defaultdict(dict)
        for (student, name), value in self.given.components.items():
            found[student][name] = value
        return found

    def marks(self, student: int) -> Mapping[str, Decimal]:
        """What of the student's grade isn't homework, by name: marks, and blitzes in per cent."""
        return self._marks.get(student, {})

    def under(self, scales: Mapping[str, Decimal]) -> Facts:
        """The same facts where one point of the judge's is so many of the run's, by assignment."""
        moved = {
            key: scaled
            for key, pushes in self.pushed.items()
            if key[1] in scales and (scaled := pushes.scaled(scales[key[1]])) is not pushes
        }
        return replace(self, pushed={**self.pushed, **moved}) if moved else self

    def judged_by_hand(self, judged: Mapping[int, ByHand]) -> Facts:
        """The same facts if these submissions were given these points instead of the judge's."""
        pushed = {
            key: Pushes(push._replace(by_hand=judged.get(push.id, push.by_hand)) for push in pushes)
            for key, pushes in self.pushed.items()
        }
        return replace(self, pushed=pushed)


def facts(run: Run, *, students: Iterable[User] | None = None) -> Facts:
    """What is known about everybody's work in the run, or about that of some students.

    Two queries and those of the sources, whatever the number of students. What reviews took off is in the attempts.
    """
    students = None if students is None else list(students)
    repositories = Repository.objects.filter(run=run)
    if students is not None:
        repositories = repositories.filter(student__in=students)
    given = SOURCES.gathered(run, None if students is None else [student.pk for student in students])
    rows = list(graded_rows(repositories, _moment(), _kept_points()))
    # repositories after what is in them: one that is made in between has nothing yet
    owners = {pk: (student, slug) for pk, student, slug in repositories.values_list("pk", "student_id", "assignment")}
    said = Said(by_review(course.current().assignments), given, terms.in_force(run.slug).scales)
    pushed = histories(run.pk, rows, owners, said, everybody=students is None)
    return Facts(pushed, frozenset(owners.values()), given)


def by_review(assignments: Mapping[str, Assignment]) -> dict[str, Decimal]:
    """What the assignments without tests are worth: all of it once a review is published, less what that takes off."""
    return {slug: one.points for slug, one in assignments.items() if one.by_hand}


def _moment() -> Combinable:
    """When it was pushed; from SQLite as the text, in UTC, that it keeps.

    Django turns such a text into a moment in many steps of Python: a fifth of the time of a page about everybody.
    """
    pushed_at = F("pushed_at")
    return Cast(pushed_at, TextField()) if connection.vendor == "sqlite" else pushed_at


def _kept_points() -> Combinable:
    """A report's points; from SQLite as text, for the same reason: there are thousands, and few of them differ."""
    points = F("standing__points")
    return Cast(points, TextField()) if connection.vendor == "sqlite" else points
