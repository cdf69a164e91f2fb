"""`topic.toml`: what a topic is about, and what its seminar promises; `harder.toml`: who finds it too easy."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from kafedra.course.fields import (
    FileModel,
    Identifier,
    Many,
    Minutes,
    Number,
    Seconds,
    SeedCount,
    Slug,
    TopicNumber,
    WebAddress,
    Words,
)
from kafedra.course.problems import Problem
from kafedra.course.source import Source
from kafedra.course.text import Localized


class Prerequisite(FileModel):
    """`[[prerequisites]]`: what one should know before, and where to learn it: a topic of the course, or a page."""

    text: Localized = Field(description="what one should know")
    topic: TopicNumber | None = None
    address: WebAddress | None = None
    why: Localized | None = None


class Misconception(FileModel):
    """`[[misconceptions]]`: what people think wrongly. The lecture names it, the blitz meets it."""

    slug: Slug = Field(description="its name in blitz.toml")
    text: Localized = Field(description="the wrong thought, in the words of whoever has it")


class Figure(FileModel):
    """`[[figures]]`: a number that the seminar promises: a variable of the solved notebook, within `low` and `high`."""

    name: Identifier = Field(description="a variable of the notebook")
    text: Localized = Field(description="what the number says")
    low: Number = Field(description="the least that it may be, on every seed")
    high: Number = Field(description="the most that it may be, on every seed")
    source: Words | None = None

    def holds(self, value: float) -> bool:
        """Whether the number is where it was promised to be. NaN isn't."""
        return float(self.low) <= value <= float(self.high)


class SeminarTable(FileModel):
    """`[seminar]`: seconds of one core for the solved notebook, minutes of class, seeds that prove the figures."""

    seconds: Seconds = 60.0
    minutes: Minutes = 80
    seeds: SeedCount = 5


class TopicFile(FileModel):
    """The keys of `topic.toml`; number, slug and title of the topic stand in `course.toml`."""

    summary: Localized = Field(description="one sentence: the question that the topic answers")
    goals: Many[Localized] = Field(min_length=1, description="what one can do afterwards, a text each")
    prerequisites: Many[Prerequisite] = ()
    assignments: Many[Slug] = ()
    misconceptions: Many[Misconception] = ()
    figures: Many[Figure] = ()
    seminar: SeminarTable = SeminarTable()


class HarderProblem(FileModel):
    """`[[problems]]` of `harder.toml`: for whoever wants more. `solution` is a sketch for staff."""

    slug: Slug = Field(description="its name in addresses")
    title: Localized = Field(description="what people call it")
    statement: Words = Field(description="what is asked")
    hint: Words = Field(description="where to begin")
    solution: Words = Field(description="a sketch of the solution, for staff")


class HarderFile(FileModel):
    """The keys of `harder.toml`."""

    problems: Many[HarderProblem] = Field(min_length=1, description="a [[problems]] table for each")


def topic_problems(source: Source, file: TopicFile, number: int) -> Iterator[Problem]:
    """What one key can't know: ranges that are none, a topic before itself."""
    for index, figure in enumerate(file.figures):
        if figure.high < figure.low:
            yield source.problem(("figures", index, "high"), figure.high, f"must not be less than low, {figure.low}")
        if figure.low == figure.high == Decimal(0):
            yield source.problem(("figures", index, "high"), figure.high, "must leave some room: 0 to 0 is no range")
    for index, one in enumerate(file.prerequisites):
        if one.topic is not None and one.topic >= number:
            message = f"must be a topic before this one, which is {number}"
            yield source.problem(("prerequisites", index, "topic"), one.topic, message)
    for table, names in (
        ("misconceptions", [one.slug for one in file.misconceptions]),
        ("figures", [one.name for one in file.figures]),
    ):
        key = "slug" if table == "misconceptions" else "name"
        for index, name in enumerate(names):
            if name in names[:index]:
                message = f"must come once, it is also {table}[{names.index(name)}]"
                yield source.problem((table, index, key), name, message)
