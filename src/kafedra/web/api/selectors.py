"""Reads of the API: pages of rows, and what they are worth. No number of queries depends on the number of students."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from kafedra.web.adjustments.models import Extension
from kafedra.web.api.models import ApiToken
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs.models import Run
from kafedra.web.standings.line import Line
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.pushed import Mark
from kafedra.web.standings.selectors import of_students, standing_for
from kafedra.web.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions: empty is any."""

    student: str = ""
    assignment: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """A submission with the line of its author's standing, and its own mark."""

    submission: Submission
    line: Line
    mark: Mark


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's tokens that were not revoked, newest first; those that expired are told so."""
    return ApiToken.objects.filter(user=user, revoked_at=None)


def students_after(run: Run, login: int | str | None, most: int) -> list[User]:
    """The students of the run by login, those after `login`, with their groups."""
    rows = User.objects.filter(memberships__run=run, memberships__role=Role.STUDENT)
    if login is not None:
        rows = rows.filter(username__gt=login)
    return list(rows.annotate(group=F("memberships__group")).order_by("username")[:most])


def standings_of(run: Run, students: Sequence[User]) -> list[PersonalStanding]:
    """Their standings, in their order."""
    return of_students(run, students) if students else []


def members_after(run: Run, login: int | str | None, most: int) -> list[Membership]:
    """Members of the run by login, those after `login`."""
    rows = Membership.objects.filter(run=run).select_related("user")
    if login is not None:
        rows = rows.filter(user__username__gt=login)
    return list(rows.order_by("user__username")[:most])


def extensions_before(run: Run, pk: int | str | None, most: int) -> list[Extension]:
    """Extensions of the run, newest first, those before one of them."""
    rows = Extension.objects.filter(run=run).select_related("student", "given_by")
    if pk is not None:
        rows = rows.filter(pk__lt=pk)
    return list(rows.order_by("-pk")[:most])


def given_together(run: Run, batch: str) -> list[Extension]:
    """Those of one batch."""
    rows = Extension.objects.filter(run=run, batch=batch).select_related("run", "student", "given_by")
    return list(rows.order_by("pk"))


def submissions_before(access: RunAccess, wanted: Wanted, pk: int | str | None, most: int) -> list[Submission]:
    """Submissions to the run's assignments, newest first, those before one of them; of a student only their own."""
    works = [work.slug for work in access.facts.works]
    rows = Submission.objects.filter(repository__run=access.run, repository__assignment__in=works)
    if not access.is_staff:
        rows = rows.filter(repository__student=access.user)
    if wanted.student:
        rows = rows.filter(repository__student__username=wanted.student)
    if wanted.assignment:
        rows = rows.filter(repository__assignment=wanted.assignment)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if pk is not None:
        rows = rows.filter(pk__lt=pk)
    return list(rows.select_related("repository__run", "repository__student").order_by("-pk")[:most])


def worth(run: Run, rows: Sequence[Submission]) -> list[Worth]:
    """What each is worth. One that came while this was read is left for the next time."""
    authors = {row.repository.student_id: row.repository.student for row in rows}
    if not authors:
        return []
    (first, *others) = authors.values()
    found = of_students(run, [first, *others]) if others else [standing_for(first, run)]
    lines = {(of.student.pk, line.work.slug): line for of in found for line in of.lines}
    marks = {mark.id: mark for line in lines.values() for mark in line.history}
    return [
        Worth(row, lines[row.repository.student_id, row.repository.assignment], marks[row.pk])
        for row in rows
        if row.pk in marks
    ]
