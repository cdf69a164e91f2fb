"""Who may enter which run.

Whoever may not see an object can't tell it from one that doesn't exist: both are 404. PermissionDenied (403) is for
members who know that the object is there but may not do this with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from kafedra.course import AssignedWork, Homework
from kafedra.course import Run as RunFacts
from kafedra.web.people.members.selectors import removal_of
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.people.selectors import runs_of
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

Row = TypeVar("Row", bound=Model)


class NoLongerMember(Http404):
    """The run is there, and the person knows it: they belonged to it until they were taken out of it."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


@dataclass(frozen=True)
class RunAccess:
    """A run as one person sees it: the row, the facts from the course's files, and the person's role."""

    run: Run
    facts: RunFacts
    user: User
    role: Role

    @property
    def is_staff(self) -> bool:
        """Assistants and instructors: they see every student of the run."""
        return self.role is not Role.STUDENT

    @property
    def is_instructor(self) -> bool:
        """Instructors also decide who belongs to the run."""
        return self.role is Role.INSTRUCTOR


def role_in(user: User | AnonymousUser, run: Run) -> Role | None:
    """The person's role in the run, or None. The operator of the server is an instructor everywhere."""
    if not isinstance(user, User) or not user.is_active:
        return None
    if user.is_staff:
        return Role.INSTRUCTOR
    membership = Membership.objects.filter(user=user, run=run).first()
    return Role(membership.role) if membership else None


def own_run(user: User | AnonymousUser) -> RunAccess | None:
    """The run that the person is led to: the server's own, if they belong to it, else the latest."""
    runs = runs_of(user) if isinstance(user, User) else []
    chosen = next((run for run in runs if run.slug == settings.DEFAULT_RUN), runs[0] if runs else None)
    return access_run(user, chosen.slug) if chosen else None


def access_run(user: User | AnonymousUser, run_slug: str) -> RunAccess:
    """The run, for any of its members; Http404 for everybody else, NoLongerMember for those taken out of it."""
    facts = course.current().runs.get(run_slug)
    run = Run.objects.filter(slug=run_slug).first()
    role = role_in(user, run) if run is not None and facts is not None else None
    if run is None or facts is None or not isinstance(user, User):
        raise Http404
    if role is None:
        raise NoLongerMember(run) if removal_of(user, run) else Http404
    return RunAccess(run, facts, user, role)


def access_run_as_staff(user: User | AnonymousUser, run_slug: str) -> RunAccess:
    """The run, for its assistants and instructors; PermissionDenied for its students."""
    access = access_run(user, run_slug)
    if not access.is_staff:
        raise PermissionDenied
    return access


def access_run_as_instructor(user: User | AnonymousUser, run_slug: str) -> RunAccess:
    """The run, for its instructors; PermissionDenied for its other members."""
    access = access_run(user, run_slug)
    if not access.is_instructor:
        raise PermissionDenied
    return access


def one_of_run(access: RunAccess, rows: QuerySet[Row], pk: int | UUID, run: str = "run") -> tuple[RunAccess, Row]:
    """The one of `rows` with this key, if it is of the run that was entered; Http404 when the run has none such.

    `run` is the way from a row to its run.
    """
    found = rows.filter(**{run: access.run, "pk": pk}).first()
    if found is None:
        raise Http404
    return access, found


def access_work(user: User | AnonymousUser, run_slug: str, slug: str) -> tuple[RunAccess, Homework, AssignedWork]:
    """One assignment of the run, for any of its members; Http404 when the run has no such assignment."""
    access = access_run(user, run_slug)
    try:
        homework, work = access.facts.work(slug)
    except KeyError:
        raise Http404 from None
    return access, homework, work
