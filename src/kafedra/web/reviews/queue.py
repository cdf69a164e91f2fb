"""The queue of what waits for a reviewer. Computed from pushes, reviews and messages; only claims are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kafedra import policy
from kafedra.course import AssignedWork
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.reviews.known import KnownReviews, Reason, known_of
from kafedra.web.runs import course, terms
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import Facts, facts
from kafedra.web.standings.pushed import Pushed
from kafedra.web.standings.values import Key


@dataclass(frozen=True, slots=True)
class Counted:
    """The submission that counts for one work, and what its worth follows from."""

    push: Pushed
    deadline: datetime | None
    late: policy.LatePolicy


@dataclass(frozen=True)
class WaitingForReview:
    """One student's work on one assignment that waits for a reviewer, since `since`.

    `submission` is the one to read: that which counts, that which the student asks about, or of work that a person
    marks that which was sent since. `counted` is None where nothing does, or points set by hand do. `drafted`: of that
    submission there are comments that no student has read.
    """

    repository: int
    submission: int
    student: User
    work: AssignedWork
    counted: Counted | None
    reason: Reason
    since: datetime
    holder: User | None
    drafted: bool

    @property
    def points(self) -> Decimal | None:
        """What the submission that counts is worth now. Computed when asked: only a page of the queue is looked at."""
        score = self.counted.push.score(self.counted.deadline, self.counted.late) if self.counted else None
        return None if score is None else score.points

    @property
    def free(self) -> bool:
        """Nobody has taken it."""
        return self.holder is None

    def is_with(self, user: User) -> bool:
        """Whether it is `user` who has it."""
        return self.holder is not None and self.holder.pk == user.pk


def waiting(run: Run, marks: Facts | None = None) -> list[WaitingForReview]:
    """Everything that waits, what waits longest first. The number of queries doesn't depend on the number of rows.

    Who has read the facts of the run already passes them as `marks`.
    """
    known, marks, in_force = known_of(run), marks or facts(run), terms.in_force(run.slug)
    homework = [(work, each.deadline) for each in course.current().runs[run.slug].homework for work in each.assignments]
    items = [
        item
        for student in students_of(run)
        for work, deadline in homework
        if (item := _item(known, marks, student, work, deadline, in_force.late))
    ]
    return sorted(items, key=lambda item: (item.since, item.submission))


def counted_of(marks: Facts, key: Key, of_course: datetime | None, late: policy.LatePolicy) -> Counted | None:
    """The submission that counts; None if there is none, or if points set by hand stand instead of all of them."""
    if key in marks.given.final:
        return None
    deadline = marks.deadline(key, of_course)
    push = marks.leading(key, deadline, late)
    return None if push is None else Counted(push, deadline, late)


def _item(
    known: KnownReviews,
    marks: Facts,
    student: User,
    work: AssignedWork,
    deadline: datetime | None,
    late: policy.LatePolicy,
) -> WaitingForReview | None:
    repository = known.repositories.get((student.pk, work.slug))
    if repository is None:
        return None
    key = (student.pk, work.slug)
    asked, counted, again = known.asked.get(repository), counted_of(marks, key, deadline, late), marks.awaited(key)
    if asked is not None:
        submission, reason, since = asked.submission, asked.reason, asked.at
    elif again is not None:
        submission, reason, since = again.id, Reason.CHANGED, again.pushed_at
    elif counted is None or counted.push.id in known.published:
        return None
    else:
        submission, since = counted.push.id, counted.push.pushed_at
        reason = Reason.CHANGED if repository in known.reviewed else Reason.NEW
    return WaitingForReview(
        repository=repository,
        submission=submission,
        student=student,
        work=work,
        counted=counted,
        reason=reason,
        since=since,
        holder=known.holders.get(repository),
        drafted=submission in known.drafted,
    )


def in_my_order(items: Sequence[WaitingForReview], me: User) -> list[WaitingForReview]:
    """What I go through: what is with me, then what is free."""
    return [item for item in items if item.is_with(me)] + [item for item in items if item.free]


@dataclass(frozen=True)
class Neighbours:
    """Where to go from one work of the queue; `place` is None for one that isn't in it."""

    previous: WaitingForReview | None
    next: WaitingForReview | None
    place: int | None
    all: int


def neighbours(
    items: Sequence[WaitingForReview], repository: int, submission: int, then: int | None = None
) -> Neighbours:
    """The works before and after the one on the desk.

    After one that doesn't wait comes the one with the submission `then`, which followed while it did; else the first.
    """
    place = _place(items, submission, repository)
    if place is None:
        following = _place(items, then or 0) or 0
        before = items[following - 1] if following else None
        return Neighbours(before, items[following] if items else None, None, len(items))
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    return Neighbours(before, after, place + 1, len(items))


def _place(items: Sequence[WaitingForReview], submission: int, repository: int | None = None) -> int | None:
    """Where the submission is, else where its work is."""
    of_work = None
    for index, item in enumerate(items):
        if item.submission == submission:
            return index
        if of_work is None and item.repository == repository:
            of_work = index
    return of_work
