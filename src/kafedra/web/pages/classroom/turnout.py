"""How an assignment goes, for staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository, State


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
