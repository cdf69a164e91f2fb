"""Who may see the solution of an assignment: staff always, students once its date has come and they have opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from kafedra.course import AssignedWork, Homework
from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_work
from kafedra.web.runs import course
from kafedra.web.standings.line import Line
from kafedra.web.standings.selectors import standing_for


@dataclass(frozen=True)
class SolutionAccess:
    """A solution as one person may see it: read it, or only open it first."""

    run: RunAccess
    homework: Homework
    work: AssignedWork
    line: Line
    readable: bool

    @property
    def opened_at(self) -> datetime | None:
        """Since when the person knows it; None for staff, who need not open anything."""
        return self.line.solution_opened


def access_solution(user: User | AnonymousUser, run_slug: str, slug: str) -> SolutionAccess:
    """The solution of an assignment; Http404 for students before its date, as if there were none."""
    access, homework, work = access_work(user, run_slug, slug)
    line = standing_for(access.user, access.run).line(slug)
    if slug not in course.current().assignments or not (access.is_staff or line.solution_opened or may_open(line)):
        raise Http404
    return SolutionAccess(access, homework, work, line, readable=access.is_staff or line.solution_opened is not None)


def may_open(line: Line) -> bool:
    """Whether the date has come for the student of this line: the run's, later with a later deadline of their own."""
    at = line.solution_at
    return line.ready and at is not None and at <= clock.now()
