"""The texts of a course as passages that search finds: one for each heading, in words alone."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from kafedra.course import Assignment, Course, CourseError, Localized
from kafedra.course.topics import ReadingEntry
from kafedra.materials.seminars import read_seminar
from kafedra.materials.words import sections, words_in
from kafedra.notebooks.authoring import student_cells
from kafedra.notebooks.building import source_cells
from kafedra.notebooks.percent import Cell
from kafedra.notebooks.statement import ANCHORS

_TITLE: Final = 90
T = TypeVar("T")


@dataclass(frozen=True)
class Passage:
    """Something to be found. `where` names the page (such as `topic:1:lecture`), `anchor` the place on it.

    `title` and `text` are shown and found. `english` is both in English, where they are in Russian and the course has
    it in two languages: found in either, shown in the reader's.
    """

    kind: str
    where: str
    anchor: str
    title: str
    text: str
    english: tuple[str, str] | None = None

    @classmethod
    def of(cls, kind: str, where: str, anchor: str, title: Localized, *texts: Localized) -> Passage:
        """What the course has in both languages."""
        russian, english = (" ".join(words_in(one.in_(language)) for one in texts) for language in ("ru", "en"))
        return cls(kind, where, anchor, title.ru, russian, (title.en, english))

    def in_(self, language: str) -> Passage:
        """The same as who reads `language` is shown it."""
        if self.english is None or language == "ru":
            return self
        title, text = self.english
        return replace(self, title=title, text=text, english=(self.title, self.text))

    @property
    def words(self) -> tuple[str, str]:
        """All that it is found by: of its title, and of its text."""
        title, text = self.english or ("", "")
        return f"{self.title} {title}", f"{self.text} {text}"


def course_passages(course: Course, topics: Iterable[int] | None = None) -> Iterator[Passage]:
    """The texts of topics (all that are written, or those with these numbers) as passages, one for each heading."""
    for number, topic in sorted(course.materials.items()):
        if topics is not None and number not in topics:
            continue
        title = course.topic(number).title
        yield Passage.of("topic", f"topic:{number}", "", title, topic.about.summary, *topic.about.goals)
        for heading, anchor, text in sections(topic.lecture.read_text("utf-8")):
            yield Passage("lecture", f"topic:{number}:lecture", anchor, heading, text)
        for heading, anchor, text in sections(_prose(topic, lambda one: read_seminar(one).student())):
            yield Passage("seminar", f"topic:{number}:seminar", anchor, heading, text)
        yield from reading_passages(f"topic:{number}:reading", topic.reading)


def homework_passages(course: Course) -> Iterator[Passage]:
    """What each assignment is about, and what its statement says under each heading."""
    for slug, assignment in course.assignments.items():
        yield Passage.of("homework", f"homework:{slug}", "", assignment.title, assignment.summary)
        for heading, anchor, text in sections(_prose(assignment, _student_cells)):
            if heading:  # its name stands there already
                yield Passage("homework", f"homework:{slug}:statement", f"{ANCHORS}{anchor}", heading, text)


def reading_passages(where: str, entries: Iterable[ReadingEntry]) -> Iterator[Passage]:
    """What is on a reading list."""
    for entry in entries:
        title, authors = Localized.same(entry.title), Localized.same(f"{entry.authors}.")
        yield Passage.of("reading", where, "", title, authors, entry.purpose)


def _student_cells(assignment: Assignment) -> Sequence[Cell]:
    return student_cells(source_cells(assignment), assignment.language)


def _prose(of: T, read: Callable[[T], Sequence[Cell]]) -> str:
    """What a notebook says between its code; nothing of one that can't be read, which `course check` reports."""
    try:
        return "\n\n".join(cell.source for cell in read(of) if cell.kind == "markdown")
    except CourseError:
        return ""


def title_of(text: str) -> str:
    """A line that stands for a text which has no title of its own."""
    return textwrap.shorten(words_in(text), _TITLE, placeholder=" …")
