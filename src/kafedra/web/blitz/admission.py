"""Blitzes as admission to the exam: passed at one's own pace, in any attempt, by the threshold of the run's file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum

from kafedra.course import Run as RunFacts
from kafedra.web import clock
from kafedra.web.blitz.models import Attempt
from kafedra.web.runs import course
from kafedra.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class Admission:
    """What one student has passed. `best` is the best finished attempt by topic, from 0 to 1; `needed` the topics."""

    best: Mapping[int, Decimal]
    needed: frozenset[int]
    threshold: Decimal | None

    @property
    def passed(self) -> frozenset[int]:
        """Topics passed; without a threshold those that were finished once."""
        return frozenset(topic for topic, share in self.best.items() if share * 100 >= (self.threshold or 0))

    @property
    def missing(self) -> tuple[int, ...]:
        """Topics of classes that took place and are not passed yet."""
        return tuple(sorted(self.needed - self.passed))

    @property
    def admitted(self) -> bool:
        """Whether nothing is missing, or nothing is asked."""
        return self.threshold is None or not self.missing


def passed(run: Run, students: Collection[int] | None = None) -> Mapping[int, Admission]:
    """By student's id, for those asked about (None: for all who practised). One query, however many they are."""
    facts = course.current().runs[run.slug]
    rows = Attempt.objects.filter(run=run)
    if students is not None:
        rows = rows.filter(student__in=students)
    best: dict[int, dict[int, Decimal]] = {student: {} for student in students or ()}
    finished = rows.annotate(given=Count("answers"), sum=Sum("answers__share")).filter(given__gte=F("count"))
    for student, topic, total, count in finished.values_list("student", "topic", "sum", "count"):
        mine, share = best.setdefault(student, {}), Decimal(total) / count
        mine[topic] = max(mine.get(topic, Decimal(0)), share)
    needed = needed_of(facts)
    return {student: Admission(topics, needed, facts.blitz_percent) for student, topics in best.items()}


def needed_of(facts: RunFacts) -> frozenset[int]:
    """Topics with a blitz that students may see and whose class has taken place: a plan is in the order of time."""
    now = clock.now()
    today = now.astimezone(course.current().timezone).date()
    held = [number for number, one in enumerate(facts.plan) if one.date and one.date <= today]
    taught = {number for one in facts.plan[: held[-1] + 1] for number in one.topics} if held else set()
    written = {number for number, topic in course.current().materials.items() if topic.blitz}
    return frozenset(number for number in taught & written if facts.opens(number, "materials", now))
