"""The queue of what waits for a reviewer. Computed from pushes, reviews and messages; only claims are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kafedra import policy
from kafedra.course import AssignedWork
from kafedra.web.classroom import course, terms
from kafedra.web.classroom.models import Repository, Run
from kafedra.web.classroom.selectors import Facts, Key, facts
from kafedra.web.gradebook.selectors import students_of
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Claim, Comment, Message, Publication


class Reason(StrEnum):
    """Why a work waits."""

    NEW = "new"  # nobody has reviewed any submission of it
    CHANGED = "changed"  # another submission counts than the one reviewed
    ASKED = "asked"  # the student has written since


@dataclass(frozen=True, slots=True)
class Counted:
    """The submission that counts for one work, and what its worth follows from."""

    submission: int
    attempt: policy.Attempt
    deadline: datetime | None
    late: policy.LatePolicy


@dataclass(frozen=True)
class Waiting:
    """One student's work on one assignment that waits for a reviewer, since `since`.

    `submission` is the one to read: that which counts, or that which the student asks about.
    """

    repository: int
    submission: int
    student: User
    work: AssignedWork
    counted: Counted
    reason: Reason
    since: datetime
    holder: User | None
    drafted: bool

    @property
    def points(self) -> Decimal:
        """What the submission that counts is worth now. Computed when asked: only a page of the queue is looked at."""
        return policy.score(self.counted.attempt, self.counted.deadline, self.counted.late).points

    @property
    def free(self) -> bool:
        """Nobody has taken it."""
        return self.holder is None

    def is_with(self, user: User) -> bool:
        """Whether it is `user` who has it."""
        return self.holder is not None and self.holder.pk == user.pk


@dataclass(frozen=True, slots=True)
class _Reviewed:
    submission: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Asked:
    submission: int
    at: datetime


@dataclass(frozen=True)
class _Facts:
    repositories: Mapping[tuple[int, str], int]
    holders: Mapping[int, User]
    reviewed: Mapping[int, _Reviewed]
    published: frozenset[int]
    asked: Mapping[int, _Asked]
    drafted: frozenset[int]


def waiting(run: Run) -> list[Waiting]:
    """Everything that waits, what waits longest first. The number of queries doesn't depend on the number of rows."""
    known, marks, in_force = _facts(run), facts(run), terms.in_force(run.slug)
    homework = [(work, each.deadline) for each in course.current().runs[run.slug].homework for work in each.assignments]
    items = [
        item
        for student in students_of(run)
        for work, deadline in homework
        if (counted := _counted(marks, (student.pk, work.slug), deadline, in_force.late))
        and (item := _item(known, student, work, counted))
    ]
    return sorted(items, key=lambda item: (item.since, item.submission))


def _counted(marks: Facts, key: Key, of_course: datetime | None, late: policy.LatePolicy) -> Counted | None:
    """The submission that counts; None if there is none, or if points set by hand stand instead of all of them."""
    pushes = [push for push in marks.pushed.get(key, ()) if push.attempt is not None]
    if not pushes or key in marks.adjusted.final:
        return None
    best = marks.best(key, of_course, late) if len(pushes) > 1 else None
    push = next(push for push in pushes if best is None or best.key == push.id)
    assert push.attempt is not None  # as chosen above
    return Counted(push.id, push.attempt, marks.deadline(key, of_course), late)


def _item(facts: _Facts, student: User, work: AssignedWork, counted: Counted) -> Waiting | None:
    repository = facts.repositories[student.pk, work.slug]
    asked, reviewed = facts.asked.get(repository), facts.reviewed.get(repository)
    if asked is not None:
        submission, reason, since = asked.submission, Reason.ASKED, asked.at
    elif counted.submission in facts.published:
        return None
    else:
        submission, since = counted.submission, counted.attempt.pushed_at
        reason = Reason.CHANGED if reviewed else Reason.NEW
    return Waiting(
        repository=repository,
        submission=submission,
        student=student,
        work=work,
        counted=counted,
        reason=reason,
        since=since,
        holder=facts.holders.get(repository),
        drafted=repository in facts.drafted,
    )


def _facts(run: Run) -> _Facts:
    mine = {"submission__repository__run": run}
    publications = Publication.objects.filter(review__submission__repository__run=run).order_by("published_at", "pk")
    versions = list(publications.values_list("review__submission__repository", "review__submission", "published_at"))
    reviewed = {repository: _Reviewed(submission, at) for repository, submission, at in versions}
    messages = Message.objects.filter(**mine).order_by("at", "pk")
    drafts = Comment.objects.filter(
        review__submission__repository__run=run, review__published_revision=None, removed=False
    )
    return _Facts(
        repositories={
            (student, slug): pk
            for pk, student, slug in Repository.objects.filter(run=run).values_list("pk", "student", "assignment")
        },
        holders={
            claim.repository_id: claim.holder
            for claim in Claim.objects.filter(repository__run=run).select_related("holder")
        },
        reviewed=reviewed,
        published=frozenset(submission for _, submission, _ in versions),
        asked=_open(messages.values_list("submission__repository", "submission", "by_staff", "at"), reviewed),
        drafted=frozenset(drafts.values_list("review__submission__repository", flat=True)),
    )


def _open(messages: Iterable[tuple[int, int, bool, datetime]], reviewed: Mapping[int, _Reviewed]) -> dict[int, _Asked]:
    """The first message of a student that nobody has answered, by repository. A publication is an answer, too."""
    found: dict[int, _Asked] = {}
    for repository, submission, by_staff, at in messages:
        last = reviewed.get(repository)
        if by_staff:
            found.pop(repository, None)
        elif last is None or last.at < at:
            found.setdefault(repository, _Asked(submission, at))
    return found


def in_my_order(items: Sequence[Waiting], me: User) -> list[Waiting]:
    """What I go through: what is with me, then what is free."""
    return [item for item in items if item.is_with(me)] + [item for item in items if item.free]


@dataclass(frozen=True)
class Neighbours:
    """Where to go from one work of the queue."""

    previous: Waiting | None
    next: Waiting | None
    place: int | None
    all: int


def neighbours(items: Sequence[Waiting], repository: int) -> Neighbours:
    """The works before and after the one in `repository`; after one that doesn't wait comes the first."""
    place = next((index for index, item in enumerate(items) if item.repository == repository), None)
    if place is None:
        return Neighbours(None, items[0] if items else None, None, len(items))
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    return Neighbours(before, after, place + 1, len(items))
