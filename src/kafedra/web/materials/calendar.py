"""The classes of a run with what belongs to each: for the plan, and for «this week»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from kafedra.course import Localized, PlannedTopic, Topic
from kafedra.web import clock
from kafedra.web.materials.access import Item, Reader
from kafedra.web.materials.homework import ShownWork, homework_of
from kafedra.web.runs import course

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class PlannedPart:
    """A topic of a class: `written` if there is something to read, `open` if the reader may."""

    topic: Topic
    written: bool
    open: bool
    summary: Localized | None


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


@dataclass(frozen=True)
class Meeting:
    """A class that is near, and the homework that is given out at it."""

    one: PlannedClass
    is_ahead: bool
    homework: Sequence[ShownWork]


def classes(reader: Reader) -> list[PlannedClass]:
    """Every class of the run, in order."""
    return [_class(reader, number, facts) for number, facts in enumerate(reader.facts.plan, start=1)]


def classes_of(reader: Reader, topic: int) -> list[PlannedClass]:
    """The classes that teach this topic."""
    return [one for one in classes(reader) if topic in one.facts.topics]


def week(reader: Reader, planned: Sequence[PlannedClass]) -> list[Meeting]:
    """The class of the last week and that of the next one, each if there is one; today's is ahead."""
    today = _today()
    dated = [(one.date, one) for one in planned if one.date is not None]
    past = [(day, one) for day, one in dated if today - _WEEK < day < today]
    ahead = [(day, one) for day, one in dated if today <= day < today + _WEEK]
    near = [(*pair, False) for pair in past[-1:]] + [(*pair, True) for pair in ahead[:1]]
    return [Meeting(one, is_ahead, _given_out(reader, day)) for day, one, is_ahead in near]


def _given_out(reader: Reader, day: date) -> list[ShownWork]:
    return [work for some in homework_of(reader) if some.facts.issued == day for work in some.works if work.address]


def opens_at(reader: Reader, topic: int, item: Item) -> datetime | None:
    """When students will see this part of the topic; None if they do already, or never will."""
    now = clock.now()
    if reader.facts.opens(topic, item, now):
        return None
    moments = [getattr(one, item) for one in reader.facts.plan if topic in one.topics and item not in one.hidden]
    return min((moment for moment in moments if moment is not None), default=None)


def _class(reader: Reader, number: int, facts: PlannedTopic) -> PlannedClass:
    known, now = course.current(), clock.now()
    parts = tuple(_part(reader, topic) for topic in facts.topics)
    ahead = reader.is_staff and any(
        topic in known.materials and not reader.facts.opens(topic, "materials", now) for topic in facts.topics
    )
    return PlannedClass(number, facts, parts, ahead)


def _part(reader: Reader, number: int) -> PlannedPart:
    written = course.current().materials.get(number)
    opens = reader.opens(number, "materials")
    summary = written.about.summary if written and opens else None
    return PlannedPart(course.current().topic(number), written is not None, opens, summary)


def _today() -> date:
    return timezone.localtime(clock.now(), timezone=course.current().timezone).date()
