"""When to remind, and whom.

At six in the evening where the course is taught, at least a day before the deadline: an evening and a day are left.
A server that was down then makes up for it, but not at night, and not when the deadline is too near for anything but
a fright.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from kafedra.web import clock
from kafedra.web.people.students import students_of
from kafedra.web.reminders.models import Reminder
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.standings.selectors import of_students
from kafedra.web.standings.sources import extensions_of
from kafedra.web.standings.values import Key, Later

if TYPE_CHECKING:
    from kafedra.web.people.models import User
    from kafedra.web.standings.line import Line
    from kafedra.web.standings.personal import PersonalStanding

EVENING = time(18)
AT_LEAST = timedelta(days=1)
TOO_NEAR = timedelta(hours=3)
AWAKE = (time(9), time(21))

Reminded = tuple[int, str, datetime]  # a student's id, the slug of an assignment, a deadline


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
    granted = extensions_of(run)
    if not _anything_near(run, granted, now, zone):
        return
    reminded: set[Reminded] = set(Reminder.objects.filter(run=run).values_list("user_id", "assignment", "deadline"))
    told = {key: max(one.given_at for one in some if one.given_at) for key, some in granted.items()}
    for row in of_students(run, [student for student in students_of(run) if student.is_active]):
        yield from _of_student(row, now, zone, reminded, told)


def _of_student(
    row: PersonalStanding, now: datetime, zone: tzinfo, reminded: set[Reminded], told: Mapping[Key, datetime]
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


def _anything_near(run: Run, granted: Mapping[Key, Sequence[Later]], now: datetime, zone: tzinfo) -> bool:
    """Whether any deadline of the course or of an extension wants a reminder: mostly none does, and that is cheap."""
    of_course = [homework.deadline for homework in course.current().runs[run.slug].homework if homework.deadline]
    later = {one.of(deadline) for some in granted.values() for one in some for deadline in of_course}
    return any(is_time(one, now, zone) for one in (*of_course, *later) if one is not None)
