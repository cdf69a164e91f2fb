"""`exam/tickets/NAME.toml`: cards of an oral part. One is drawn in front of the student; answers are for who asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import Field

from kafedra.course.fields import SLUG, ClassTopics, FileModel, Many, Slug, Words
from kafedra.course.problems import Problem, ProblemLog
from kafedra.course.source import Source, read_model
from kafedra.course.text import Localized

TICKETS_DIR = "exam/tickets"
FEWEST = 2  # or there is nothing to draw


class CardQuestion(FileModel):
    """One of the questions of a card. Texts are Markdown with formulas."""

    question: Words = Field(description="what is asked")
    answer: Words = Field(description="what must be said, for who asks")


class Card(FileModel):
    """`[[cards]]`: what a student draws."""

    slug: Slug = Field(description="its name in the file")
    questions: Many[CardQuestion] = Field(min_length=1, description="tables with 'question' and 'answer'")


class TicketsFile(FileModel):
    """The keys of `exam/tickets/NAME.toml`."""

    title: Localized = Field(description="what people call these cards")
    topics: ClassTopics = Field(description="the topics that they are about")
    cards: Many[Card] = Field(min_length=FEWEST, description="a [[cards]] table each")

    def card(self, slug: str) -> tuple[int, Card]:
        """A card and its number, from 1. Raises KeyError if there is none."""
        for number, one in enumerate(self.cards, 1):
            if one.slug == slug:
                return number, one
        raise KeyError(slug)


def read_tickets(root: Path, topics: Collection[int] | None, log: ProblemLog) -> dict[str, TicketsFile]:
    """The files of the course in `root` by their names; what is wrong with them is in `log`."""
    found = dict[str, TicketsFile]()
    for path in sorted((root / TICKETS_DIR).glob("*.toml")):
        if read := log.attempt(read_model, path, TicketsFile, shown_from=root):
            log.problems += _problems(*read, path.stem, topics)
            found[path.stem] = read[1]
    return found


def _problems(source: Source, file: TicketsFile, name: str, topics: Collection[int] | None) -> Iterator[Problem]:
    if not SLUG.fullmatch(name):
        message = "must be called with lower-case Latin letters, digits and hyphens: 'module-1.toml'"
        yield Problem(source.shown, None, "", name, message)
    slugs = [one.slug for one in file.cards]
    for index, slug in enumerate(slugs):
        if slug in slugs[:index]:
            yield source.problem(("cards", index, "slug"), slug, "must come once: a card is called by it")
    for number in file.topics:
        if topics is not None and number not in topics:
            message = f"must be numbers of topics in course.toml, from {min(topics)} to {max(topics)}"
            yield source.problem(("topics",), number, message)
