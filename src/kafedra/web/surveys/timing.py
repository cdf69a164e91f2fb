"""When a topic's form is open. All of it follows from the run's file: the days of classes, and the times of `[survey]`.

It closes on the day before the next class, so that staff have the evening for what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from kafedra.course import Course
from kafedra.course import Run as RunFacts
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a form can be filled in, and when those who haven't are reminded of it."""

    opens: datetime
    reminds: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether answers are taken."""
        return self.opens <= now < self.closes


def window(facts: RunFacts, topic: int, zone: tzinfo) -> Window | None:
    """When the form of this topic is open; None while a class of the topic has no day, or it has no class."""
    days = [entry.date for entry in facts.plan if topic in entry.topics]
    last = None if not days or None in days else max(day for day in days if day is not None)
    if last is None:
        return None
    later = [entry.date for entry in facts.plan if entry.date is not None and entry.date > last]
    times = facts.survey
    closing = max(min([last + timedelta(days=times.days_open), *(day - timedelta(days=1) for day in later)]), last)
    # With a class on the next day the evening is all there is.
    closes = _at(closing, END_OF_DAY if closing == last else times.closes, zone)
    return Window(_at(last, times.opens, zone), min(_at(last + timedelta(days=1), times.reminds, zone), closes), closes)


def asked_topics(course: Course, facts: RunFacts) -> list[int]:
    """The topics of the run after which something is asked, in the order of its classes."""
    planned = dict.fromkeys(number for entry in facts.plan for number in entry.topics)
    surveys = {number: course.survey_of(number) for number in planned}
    return [number for number in planned if surveys[number].scales or surveys[number].open]


def fewest_answers(run: Run, topic: int) -> int:
    """How many answers it takes to open this box, as the files of the course say now."""
    known = course.current()
    return known.survey_of(topic, known.runs.get(run.slug)).fewest_answers


def _at(day: date, clock_time: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock_time, zone)
