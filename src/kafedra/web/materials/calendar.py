"""The classes of a run with what belongs to each: for the plan, and for «this week»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from kafedra.course import PlannedTopic, Topic
from kafedra.web import clock
from kafedra.web.materials.access import Reader
from kafedra.web.runs import course

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class PlannedPart:
    """A topic of a class: `written` if there is something to read, `open` if the reader may."""

    topic: Topic
    written: bool
    open: bool


@dataclass(frozen=True)
class PlannedClass:
    """A class as its reader sees it. `hidden_from_students`: staff reads what students don't yet."""

    number: int
    facts: PlannedTopic
    parts: tuple[PlannedPart, ...]
    hidden_from_students: bool

    @property
    def date(self) -> date | None:
        """Its day, if announced."""
        return self.facts.date


def classes(reader: Reader) -> list[PlannedClass]:
    """Every class of the run, in order."""
    return [_class(reader, number, facts) for number, facts in enumerate(reader.facts.plan, start=1)]


def this_week(planned: Sequence[PlannedClass], today: date | None = None) -> PlannedClass | None:
    """The class that counts now: today's or the next one within a week, else the last one that was.

    None before the first class is near, for a run without days, and a week after the last one.
    """
    today = today or timezone.localdate(clock.now())
    dated = [(one.date, one) for one in planned if one.date is not None]
    ahead = [(day, one) for day, one in dated if today <= day <= today + _WEEK]
    if ahead:
        return min(ahead, key=lambda pair: pair[0])[1]
    past = [(day, one) for day, one in dated if today - _WEEK <= day < today]
    return max(past, key=lambda pair: pair[0])[1] if past else None


def classes_of(reader: Reader, topic: int) -> list[PlannedClass]:
    """The classes that teach this topic."""
    return [one for one in classes(reader) if topic in one.facts.topics]


def _class(reader: Reader, number: int, facts: PlannedTopic) -> PlannedClass:
    known, now = course.current(), clock.now()
    parts = tuple(
        PlannedPart(known.topic(topic), topic in known.materials, reader.opens(topic, "materials"))
        for topic in facts.topics
    )
    ahead = reader.is_staff and any(
        part.written and not reader.facts.opens(part.topic.number, "materials", now) for part in parts
    )
    return PlannedClass(number, facts, parts, ahead)
