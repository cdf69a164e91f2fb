"""The homework of a run as its site shows it: what leads where, for a member and for a visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from kafedra.course import AssignedWork, Homework, Localized, Run, Topic
from kafedra.web.materials.access import Reader
from kafedra.web.runs import course
from kafedra.web.runs.addresses import assignment_page
from kafedra.web.standings.line import is_ready


@dataclass(frozen=True)
class ShownWork:
    """An assignment; `address` is empty while there is nothing to read for this reader."""

    slug: str
    title: Localized
    points: Decimal
    bonus: bool
    address: str
    topics: Sequence[Topic]


@dataclass(frozen=True)
class ShownHomework:
    """A row of the run's homework table."""

    facts: Homework
    works: Sequence[ShownWork]


def homework_of(reader: Reader) -> list[ShownHomework]:
    """All homework of the run, in its order."""
    return [ShownHomework(one, [_work(reader, one, work) for work in one.assignments]) for one in reader.facts.homework]


def works_of_topic(reader: Reader, topic: int) -> list[ShownWork]:
    """The run's assignments that belong to a topic."""
    works = [work for one in homework_of(reader) for work in one.works]
    return [work for work in works if any(one.number == topic for one in work.topics)]


def topics_of_work(run: Run, assignment: str) -> list[Topic]:
    """The topics that an assignment belongs to, as far as the run has them in its plan."""
    known = course.current()
    written = known.assignments.get(assignment)
    numbers = {number for number, one in known.materials.items() if assignment in one.about.assignments}
    if written is not None and written.topic is not None:
        numbers.add(written.topic)
    planned = {number for one in run.plan for number in one.topics}
    return [topic for topic in known.topics if topic.number in numbers & planned]


def _work(reader: Reader, homework: Homework, work: AssignedWork) -> ShownWork:
    topics = topics_of_work(reader.facts, work.slug)
    return ShownWork(work.slug, work.title, work.points, work.bonus, _address(reader, homework, work), topics)


def _address(reader: Reader, homework: Homework, work: AssignedWork) -> str:
    if not (is_ready(homework, work) or (reader.is_staff and work.slug in course.current().assignments)):
        return ""
    if reader.access is not None:
        return assignment_page(reader.run, work.slug)
    return reverse("materials:statement", args=[reader.run.slug, work.slug])
