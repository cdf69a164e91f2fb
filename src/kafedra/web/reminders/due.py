"""When to remind, and whom.

At six in the evening where the course is taught, at least a day before the deadline: an evening and a day are left.
A server that was down then makes up for it, but not at night, and not when the deadline is too near for anything but
a fright.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kafedra.web import clock
from kafedra.web.adjustments.models import Extension
from kafedra.web.gradebook.table import gradebook_of
from kafedra.web.reminders.models import Reminder
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.standings.personal import Line, PersonalStanding

EVENING = time(18)
AT_LEAST = timedelta(days=1)
TOO_NEAR = timedelta(hours=3)
AWAKE = (time(9), time(21))

Key = tuple[int, str, datetime]  # a student's id, the slug of an assignment, a deadline


@dataclass(frozen=True, slots=True)
class Due:
    """What one student has to be reminded of: everything that is due at one moment."""

    student: User
    deadline: datetime
    lines: tuple[Line, ...]


def moment(deadline: datetime, zone: tzinfo) -> datetime:
    """When to remind of `deadline`: the last evening that is at least a day before it."""
    latest = (deadline - AT_LEAST).astimezone(zone)
    evening = latest.replace(hour=EVENING.hour, minute=0, second=0, microsecond=0)
    return evening if evening <= latest else evening - timedelta(days=1)


def is_time(deadline: datetime, now: datetime, zone: tzinfo) -> bool:
    """Whether a reminder of `deadline` may be sent at `now`."""
    awake = AWAKE[0] <= now.astimezone(zone).time() < AWAKE[1]
    return awake and moment(deadline, zone) <= now <= deadline - TOO_NEAR


def due(run: Run) -> Iterator[Due]:
    """The students of `run` to remind now, of what they don't have all points for, once for each deadline.

    Left out is what is being graded (the next look will know more), and a deadline that was extended so late that
    the news of it came after the time for a reminder.
    """
    now, zone = clock.now(), course.current().timezone
    if not _anything_near(run, now, zone):
        return
    reminded: set[Key] = set(Reminder.objects.filter(run=run).values_list("user_id", "assignment", "deadline"))
    told = _told_late(run)
    for row in gradebook_of(run).rows:
        if row.student.is_active:
            yield from _of_student(row, now, zone, reminded, told)


def _of_student(
    row: PersonalStanding, now: datetime, zone: tzinfo, reminded: set[Key], told: Mapping[tuple[int, str], datetime]
) -> Iterator[Due]:
    student, by_deadline = row.student, defaultdict(list)
    for line in row.lines:
        deadline = line.deadline
        if deadline is None or not is_time(deadline, now, zone) or not line.ready or line.perfect:
            continue
        heard = told.get((student.pk, line.work.slug))
        if (heard and heard > moment(deadline, zone)) or (line.latest is not None and line.latest.pending):
            continue
        if (student.pk, line.work.slug, deadline) not in reminded:
            by_deadline[deadline].append(line)
    for deadline, lines in sorted(by_deadline.items()):
        yield Due(student, deadline, tuple(lines))


def _anything_near(run: Run, now: datetime, zone: tzinfo) -> bool:
    """Whether any deadline of the course or of an extension wants a reminder: mostly none does, and that is cheap."""
    of_course = [homework.deadline for homework in course.current().runs[run.slug].homework if homework.deadline]
    days = set(_in_force(run).values_list("days", flat=True)) - {None}
    moments = set(_in_force(run).values_list("deadline", flat=True)) - {None}
    later = [one + timedelta(days=more) for one in of_course for more in days if more is not None]
    return any(is_time(one, now, zone) for one in (*of_course, *later, *moments) if one is not None)


def _told_late(run: Run) -> dict[tuple[int, str], datetime]:
    """When each student heard last of an extension in force."""
    rows = _in_force(run).order_by("given_at", "pk").values_list("student_id", "assignment", "given_at")
    return {(student, slug): at for student, slug, at in rows}


def _in_force(run: Run) -> QuerySet[Extension]:
    return Extension.objects.filter(run=run, undone_at=None)
