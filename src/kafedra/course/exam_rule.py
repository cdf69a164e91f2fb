"""`[[exam]]` of a run: what a paper of a written exam consists of, and how its points become a mark."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field

from kafedra.course.fields import (
    Amount,
    ClassTopics,
    Decimals,
    Difficulty,
    FileModel,
    Many,
    Markers,
    Minutes,
    Points,
    PointsOrNone,
    Variants,
    Words,
)
from kafedra.course.problems import Problem
from kafedra.course.source import Source
from kafedra.course.topics.exam import ExamFile

Kind = Literal["theory", "practice"]


@dataclass(frozen=True, slots=True)
class ExamSlot:
    """Questions of one kind that a paper has: `each` from each topic, or `count` from all of them together.

    `topics` empty: every topic that has questions of the kind. `difficulty` is what may be drawn.
    """

    kind: Kind
    topics: tuple[int, ...]
    difficulty: tuple[int, ...]
    each: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ExamRule:
    """A written exam of a run; it gives the mark `mark` of the formula.

    `full` is how many points make the whole mark (None: all of the paper), `places` the decimals that a mark has. Each
    part is marked by so many `markers`; where two differ by more than `differ` points, somebody decides.
    """

    mark: str
    slots: tuple[ExamSlot, ...]
    minutes: int = 90
    variants: int = 1
    full: Decimal | None = None
    places: int = 2
    markers: int = 1
    differ: Decimal = Decimal(0)


class SlotTable(FileModel):
    """`[[exam.questions]]`: so many questions of a kind."""

    kind: Kind = Field(description="'theory' or 'practice'")
    topics: ClassTopics | None = None
    difficulty: Many[Difficulty] = (1, 2, 3)
    each: Amount | None = None
    count: Amount | None = None


class ExamTable(FileModel):
    """`[[exam]]`: a written exam."""

    mark: Words = Field(description="the mark of the formula that it gives, such as 'exam'")
    minutes: Minutes = 90
    variants: Variants = 1
    full: Points | None = None
    places: Decimals = 2
    markers: Markers = 1
    differ: PointsOrNone = Decimal(0)
    questions: Many[SlotTable] = Field(min_length=1, description="an [[exam.questions]] table each")

    def rule(self) -> ExamRule:
        """The same as a value."""
        slots = tuple(
            ExamSlot(one.kind, one.topics or (), tuple(one.difficulty), one.each, one.count) for one in self.questions
        )
        return ExamRule(
            self.mark, slots, self.minutes, self.variants, self.full, self.places, self.markers, self.differ
        )


def exam_lines(rule: ExamRule) -> Iterator[str]:
    """The rule as a run's file has it."""
    yield from ("", "[[exam]]", f'mark = "{rule.mark}"', f"minutes = {rule.minutes}", f"variants = {rule.variants}")
    if rule.full is not None:
        yield f"full = {rule.full:f}"
    yield f"places = {rule.places}"
    if rule.markers > 1:
        yield from (f"markers = {rule.markers}", f"differ = {rule.differ:f}")
    for slot in rule.slots:
        yield from ("", "[[exam.questions]]", f'kind = "{slot.kind}"')
        if slot.topics:
            yield f"topics = {list(slot.topics)}"
        yield f"difficulty = {list(slot.difficulty)}"
        yield f"each = {slot.each}" if slot.each else f"count = {slot.count}"


def exam_rule_problems(source: Source, exams: Sequence[ExamTable], topics: Collection[int] | None) -> Iterator[Problem]:
    """Each slot says how many, of topics that there are; no mark has two exams."""
    for index, exam in enumerate(exams):
        if exam.mark in [other.mark for other in exams[:index]]:
            yield source.problem(("exam", index, "mark"), exam.mark, "must come once: a mark has one exam")
        for place, slot in enumerate(exam.questions):
            key = ("exam", index, "questions", place)
            if (slot.each is None) == (slot.count is None):
                message = "must have one of 'each' (so many from each topic) and 'count' (from all topics together)"
                yield source.problem(key, None, message)
            for number in slot.topics or ():
                if topics is not None and number not in topics:
                    message = f"must be numbers of topics in course.toml, from {min(topics)} to {max(topics)}"
                    yield source.problem((*key, "topics"), number, message)


def bank_problems(files: Sequence[tuple[Path, ExamFile]]) -> Iterator[Problem]:
    """A question is called by its slug in the whole bank: none comes in two files."""
    first: dict[str, Path] = {}
    for shown, file in files:
        for slug in (*(one.slug for one in file.theory), *(one.slug for one in file.practice)):
            if first.setdefault(slug, shown) != shown:
                message = f"must come once in the bank, it is also in {first[slug]}"
                yield Problem(shown, None, "slug", slug, message)
