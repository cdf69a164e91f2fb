"""Sending reminders, once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.notices.services import tell
from kafedra.web.reminders import news
from kafedra.web.reminders.due import Due, due
from kafedra.web.reminders.models import Reminder
from kafedra.web.runs import course
from kafedra.web.runs.addresses import assignment_page, home_of
from kafedra.web.runs.models import Run

if TYPE_CHECKING:
    from kafedra.web.standings.line import Line


def remind() -> int:
    """Remind everybody whose time has come, in every run; returns how many people were told."""
    runs = Run.objects.filter(slug__in=list(course.current().runs))
    return sum(remind_one(run=run, due=one) for run in runs for one in list(due(run)))


@transaction.atomic
def remind_one(*, run: Run, due: Due) -> bool:
    """Tell one student of what is due at one moment, and remember it; False when that was done already."""
    rows = [Reminder(user=due.student, run=run, assignment=line.work.slug, deadline=due.deadline) for line in due.lines]
    known = Reminder.objects.filter(user=due.student, run=run, deadline=due.deadline)
    if known.filter(assignment__in=[row.assignment for row in rows]).exists():
        return False
    Reminder.objects.bulk_create(rows)
    tell(
        user=due.student, run=run, news=news.DUE, path=_page(run, due.lines),
        assignments=[line.work.slug for line in due.lines], deadline=due.deadline.isoformat(),
        so_far=[None if line.points is None else str(line.points) for line in due.lines],
    )  # fmt: skip
    return True


def _page(run: Run, lines: tuple[Line, ...]) -> str:
    if len(lines) == 1:
        return assignment_page(run, lines[0].work.slug)
    return home_of(run)
