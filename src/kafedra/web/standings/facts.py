"""Submissions and what each is worth. Nothing here is stored; all follows from facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import F, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from kafedra import policy
from kafedra.course import Assignment
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.sources import SOURCES, Contribution
from kafedra.web.standings.values import ByHand, Key, Later, Zeroed, longest
from kafedra.web.submissions.models import Report, Repository, State, Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User

NOTHING = Decimal(0)
ONE = Decimal(1)
UNJUDGED = (None, 0.0)
NOTHING_GIVEN = Contribution()
_THOUSANDTH = Decimal("0.001")  # as reports keep points
ZEROED = "zeroed"  # in place of the submission that would count


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
        if self.spent and self.by_hand is None:  # a person who sets points knows what they do
            return None
        points = self.by_hand.points if self.by_hand else self.points
        if points is None:
            return None
        if self.scale != ONE and self.scale and self.by_hand is None:
            points *= self.scale
        return points - self.taken_off if self.taken_off else points

    @property
    def attempt(self) -> policy.Attempt | None:
        """The same for the policy; None while there are no points."""
        # A person's points need no judge: a submission that could not be graded may be given points, too.
        points = self.by_hand.points if self.by_hand else self.points
        if points is None:
            return None
        took, scale = timedelta(seconds=self.grading_seconds), ONE if self.by_hand else self.scale
        return policy.Attempt(self.id, points, self.pushed_at, took, self.taken_off, scale)


@dataclass(frozen=True)
class Facts:
    """Everything known about the work of some students of one run. Pushes come newest first.

    `given` is what moves points besides the judge.
    """

    pushed: Mapping[Key, Sequence[Pushed]]
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
        return replace(score, key=ZEROED, points=NOTHING) if score is not None and key in self.given.zeroed else score

    def _best(self, key: Key, of_course: datetime | None, late: policy.LatePolicy) -> policy.Score | None:
        final = self.given.final.get(key)
        if final is not None:
            return policy.Score("by hand", final.points, NOTHING, 0, final.points, NOTHING, final.given_at)
        attempts = self.promising(key)
        return policy.best(attempts, self.deadline(key, of_course), late) if attempts else None

    def promising(self, key: Key) -> Sequence[policy.Attempt]:
        """The attempts of which one counts, unless points set by hand do; the oldest first."""
        found = self._attempts.get(key)
        if found is None:
            found = self._attempts[key] = _promising(self.pushed.get(key, ()))
        return found

    @cached_property
    def _attempts(self) -> dict[Key, Sequence[policy.Attempt]]:
        """Those that were asked for: they follow from the facts alone, and may be looked at under several terms."""
        return {}

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
            (owner, slug): [push._replace(scale=scales[slug]) for push in pushes]
            for (owner, slug), pushes in self.pushed.items()
            if slug in scales and pushes and pushes[0].scale != scales[slug]
        }
        return replace(self, pushed={**self.pushed, **moved}) if moved else self

    def judged_by_hand(self, judged: Mapping[int, ByHand]) -> Facts:
        """The same facts if these submissions were given these points instead of the judge's."""
        pushed = {
            key: [push._replace(by_hand=judged.get(push.id, push.by_hand)) for push in pushes]
            for key, pushes in self.pushed.items()
        }
        return replace(self, pushed=pushed)


def awaited(pushes: Sequence[Pushed]) -> Pushed | None:
    """The newest of these that waits for a review, if an earlier one had it and lost something in it."""
    newest = next((push for push in pushes if push.worth is not None), None)
    if newest is None or not newest.awaits:
        return None
    read = [push for push in pushes if not push.awaits and push.worth is not None]
    return newest if read and all(push.taken_off or push.by_hand for push in read) else None


def _promising(pushes: Sequence[Pushed]) -> Sequence[policy.Attempt]:
    """The attempts that can be the best: without those pushed after another was graded with no fewer points.

    Whatever the penalty, it only grows with time, so such a one never counts. The policy still decides; it is
    only spared most of a long history.
    """
    if not pushes:
        return ()
    attempts: list[policy.Attempt] = []
    if any(push.awaits for push in pushes):
        newest = next((push for push in pushes if push.awaits and push.worth is not None), None)
        pushes = [push for push in pushes if not push.awaits or push is newest]  # the others nobody needs to read
    most, graded_at = Decimal(-1), None
    for push in reversed(pushes):  # the oldest first
        worth = push.worth
        if worth is None or (graded_at is not None and worth <= most and push.pushed_at > graded_at):
            continue
        attempt = push.attempt
        assert attempt is not None  # what is worth something has points
        attempts.append(attempt)
        if worth > most:
            most, graded_at = worth, attempt.submitted_at
    return attempts


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


def facts(run: Run, *, students: Iterable[User] | None = None) -> Facts:
    """What is known about everybody's work in the run, or about that of some students.

    Three queries and those of the sources, whatever the number of students. What reviews took off is in the attempts.
    """
    students = None if students is None else list(students)
    repositories = Repository.objects.filter(run=run)
    if students is not None:
        repositories = repositories.filter(student__in=students)
    given = SOURCES.gathered(run, None if students is None else [student.pk for student in students])
    owners = {pk: (student, slug) for pk, student, slug in repositories.values_list("pk", "student_id", "assignment")}
    # submissions before reports: a verdict that comes in between belongs to a submission that still says «running»,
    # and never is one that says «graded» without points
    submissions = Submission.objects.filter(repository__in=repositories).annotate(moment=_moment())
    rows = list(submissions.values_list("repository_id", "pk", "commit", "moment", "state"))
    reports = Report.objects.filter(submission__repository__in=repositories)
    judged = reports.annotate(kept=_kept_points()).newest_values("kept", "grading_seconds")
    pushed: dict[Key, list[Pushed]] = defaultdict(list)
    scales = terms.in_force(run.slug).scales
    marked = by_review(course.current().assignments)
    # what is the same for every submission of a repository is looked up once for it
    of_repository = {
        pk: (pushed[owner], marked.get(owner[1]), given.opened.get(owner), scales.get(owner[1], ONE))
        for pk, owner in owners.items()
    }
    for repository, pk, commit, moment, state in rows:
        pushes, by_marks, opened, scale = of_repository[repository]
        pushed_at = moment if isinstance(moment, datetime) else datetime.fromisoformat(f"{moment}+00:00")
        kept, seconds = judged.get(pk, UNJUDGED)
        points = _points(kept) if isinstance(kept, str) else kept
        off, by_hand = given.taken_off.get(pk, NOTHING), given.judged.get(pk)
        awaits = by_marks is not None and pk not in given.taken_off and by_hand is None
        if points is not None and by_marks is not None and pk in given.taken_off:
            points = by_marks
        spent = opened is not None and opened <= pushed_at
        pushes.append(Pushed(pk, commit, pushed_at, state, points, seconds, off, by_hand, spent, scale, awaits))
    return Facts({key: pushes for key, pushes in pushed.items() if pushes}, frozenset(owners.values()), given)


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
    points = F("points")
    return Cast(points, TextField()) if connection.vendor == "sqlite" else points


@lru_cache(maxsize=4096)
def _points(kept: str) -> Decimal:
    return Decimal(kept).quantize(_THOUSANDTH)
