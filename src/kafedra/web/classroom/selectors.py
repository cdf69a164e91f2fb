"""Reads of the classroom: submissions with what each is worth. Nothing here is stored; all follows from facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from kafedra import policy
from kafedra.web.classroom import course
from kafedra.web.classroom.models import Report, Repository, Run, State, Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User

Key = tuple[int, str]  # a student's id and the slug of an assignment


@dataclass(frozen=True, slots=True)
class Mark:
    """One submission, and the facts of which its worth follows; `attempt` is None until there is a report."""

    id: int
    commit: str
    pushed_at: datetime
    state: State
    attempt: policy.Attempt | None
    deadline: datetime | None
    counted: bool

    @property
    def score(self) -> policy.Score | None:
        """What it is worth; None until there is a report. Computed when asked: most of a gradebook isn't looked at."""
        return None if self.attempt is None else policy.score(self.attempt, self.deadline, course.current().late)

    @property
    def short_commit(self) -> str:
        """The commit as git abbreviates it."""
        return self.commit[:7]

    @property
    def pending(self) -> bool:
        """True while the verdict is still to come by itself."""
        return self.state in (State.WAITING, State.RUNNING)


class _Pushed(NamedTuple):
    student_id: int
    assignment: str
    id: int
    commit: str
    pushed_at: datetime
    state: str


class _Judged(NamedTuple):
    submission_id: int
    points: Decimal
    grading_seconds: float


def marks(
    run: Run,
    deadlines: Mapping[str, datetime | None],
    *,
    student: User | None = None,
    assignment: str | None = None,
) -> dict[Key, tuple[Mark, ...]]:
    """Every submission of the run (or of one student, or to one assignment), newest first, the counted one marked.

    Two queries, whatever the number of students.
    """
    repositories = Repository.objects.filter(run=run)
    if student is not None:
        repositories = repositories.filter(student=student)
    if assignment is not None:
        repositories = repositories.filter(assignment=assignment)
    pushed = Submission.objects.filter(repository__in=repositories).values_list(
        "repository__student_id", "repository__assignment", "pk", "commit", "pushed_at", "state"
    )
    reports = Report.objects.filter(submission__repository__in=repositories).order_by("created_at", "pk")
    newest = {row[0]: _Judged(*row) for row in reports.values_list(*_Judged._fields)}
    histories: dict[Key, list[_Pushed]] = defaultdict(list)
    for row in pushed:
        histories[row[0], row[1]].append(_Pushed(*row))
    return {key: _marked(history, newest, deadlines.get(key[1])) for key, history in histories.items()}


def _marked(history: Sequence[_Pushed], newest: Mapping[int, _Judged], deadline: datetime | None) -> tuple[Mark, ...]:
    attempts = {push.id: _attempt(push, newest[push.id]) for push in history if push.id in newest}
    best = policy.best(attempts.values(), deadline, course.current().late)
    return tuple(
        Mark(
            id=push.id,
            commit=push.commit,
            pushed_at=push.pushed_at,
            state=State(push.state),
            attempt=attempts.get(push.id),
            deadline=deadline,
            counted=best is not None and best.key == push.id,
        )
        for push in history
    )


def _attempt(push: _Pushed, judged: _Judged) -> policy.Attempt:
    return policy.Attempt(push.id, judged.points, push.pushed_at, timedelta(seconds=judged.grading_seconds))


def repository_of(run: Run, assignment: str, student: User) -> Repository | None:
    """The student's repository, if the assignment was accepted."""
    return Repository.objects.select_related("run").filter(run=run, assignment=assignment, student=student).first()


def accepted(run: Run, *, student: User | None = None) -> set[Key]:
    """Who has accepted what in this run."""
    rows = Repository.objects.filter(run=run)
    if student is not None:
        rows = rows.filter(student=student)
    return set(rows.values_list("student_id", "assignment"))


def newest_report(submission: Submission) -> Report | None:
    """The report that counts for this submission."""
    return submission.reports.order_by("-created_at", "-pk").first()


def ahead_in_queue(submission: Submission) -> int:
    """How many submissions will be taken up before this one."""
    earlier = Q(pushed_at__lt=submission.pushed_at) | Q(pushed_at=submission.pushed_at, pk__lt=submission.pk)
    return Submission.objects.filter(earlier, state=State.WAITING).count()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How an assignment goes, over all students of the run."""

    students: int
    accepted: int
    pushed: int
    pending: int
    faults: int


def turnout(run: Run, assignment: str) -> Turnout:
    """Counts for the staff's view of one assignment."""
    students = run.memberships.filter(role="student").count()
    theirs = Q(student__memberships__run=run, student__memberships__role="student")
    numbers = Repository.objects.filter(theirs, run=run, assignment=assignment).aggregate(
        accepted=Count("pk", distinct=True),
        pushed=Count("pk", distinct=True, filter=Q(submissions__isnull=False)),
        pending=Count("submissions", distinct=True, filter=Q(submissions__state__in=[State.WAITING, State.RUNNING])),
        faults=Count("submissions", distinct=True, filter=Q(submissions__state=State.FAULT)),
    )
    return Turnout(students=students, **numbers)
