"""Search over what a reader may read: topics, chapters, seminars, blitz, harder problems, reading, homework."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kafedra.course import Localized
from kafedra.materials import Index, Passage, course_passages, reading_passages, stamps, title_of
from kafedra.web.frame.language import spoken
from kafedra.web.materials.access import Reader
from kafedra.web.materials.addresses import topic_page
from kafedra.web.materials.homework import homework_of
from kafedra.web.runs import course

_SHOWN: Final = 20
_LOOKED_AT: Final = 200  # some of what is found isn't open yet


@dataclass(frozen=True)
class Result:
    """What was found: a link with words around what was looked for. `snippet` is safe."""

    kind: str
    topic: Localized | None
    title: str
    address: str
    snippet: SafeString


class _Kept:
    """The index of the course that the server teaches, made anew when a file of it changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._state: Hashable = None

    def find(self, query: str) -> list[tuple[Passage, str]]:
        with self._lock:
            index = self._fresh()
            return [(one.passage, one.snippet) for one in index.find(query, _LOOKED_AT, spoken())]

    def prepare(self) -> None:
        with self._lock:
            self._fresh()

    def _fresh(self) -> Index:
        known = course.current()
        state = (known.root, tuple(stamps(one.root) for one in known.materials.values()))
        if self._index is None or self._state != state:
            if self._index is not None:
                self._index.close()
            self._index, self._state = Index(), state
            self._index.replace(passages())
        return self._index


_kept = _Kept()


def prepare() -> None:
    """Make the index ahead of the first who asks: it takes a second, of which morphology is most."""
    _kept.prepare()


def search(reader: Reader, query: str) -> list[Result]:
    """What the reader may read that has all words of the query, the best first."""
    found = (_result(reader, passage, snippet) for passage, snippet in _kept.find(query))
    return [one for one in found if one is not None][:_SHOWN]


def passages() -> Iterator[Passage]:
    """All that can be found, for everybody's eyes or not."""
    known = course.current()
    yield from course_passages(known)
    for number, topic in sorted(known.materials.items()):
        for one in topic.harder:
            title, asked = one.title, Localized.same(one.statement)
            yield Passage.of("harder", f"topic:{number}:harder", one.slug, title, asked)
        for question in topic.blitz:  # what is asked alone: the answers are for those who have answered
            title = Localized(ru=title_of(question.text.ru), en=title_of(question.text.en))
            yield Passage.of("blitz", f"topic:{number}:blitz", "", title, question.text)
    yield from reading_passages("reading", known.reading)
    for assignment in known.assignments.values():
        yield Passage.of("homework", f"homework:{assignment.slug}", "", assignment.title, assignment.summary)


def place_of(reader: Reader, passage: Passage) -> str:
    """The address of a passage in the reader's run; empty if it isn't there or not open for them."""
    what, _colon, rest = passage.where.partition(":")
    if what == "reading":
        return reverse("materials:reading", args=[reader.run.slug])
    if what == "homework":
        works = (work for one in homework_of(reader) for work in one.works)
        return next((work.address for work in works if work.slug == rest), "")
    number, part = int(rest.partition(":")[0]), rest.partition(":")[2]
    planned = {topic for one in reader.facts.plan for topic in one.topics}
    if number not in planned or not reader.opens(number, "materials"):
        return ""
    if part == "blitz" and reader.access is None:
        return ""  # practice is for those who belong to the run
    if part in ("reading", "blitz"):
        return topic_page(reader.run.slug, number) + f"#{part}"
    return topic_page(reader.run.slug, number, part or "topic") + (f"#{passage.anchor}" if passage.anchor else "")


def kind_word(kind: str) -> str:
    """What was found, in a word."""
    return {
        "topic": _("Topic"), "lecture": _("Lecture"), "seminar": _("Seminar"), "reading": _("Reading"),
        "harder": _("Harder"), "homework": _("Homework"), "blitz": _("Blitz"),
    }.get(kind, kind)  # fmt: skip


def topic_of(passage: Passage) -> Localized | None:
    """The title of the topic that a passage belongs to."""
    what, _colon, rest = passage.where.partition(":")
    return course.current().topic(int(rest.partition(":")[0])).title if what == "topic" else None


def _result(reader: Reader, passage: Passage, snippet: str) -> Result | None:
    address = place_of(reader, passage)
    if not address:
        return None
    topic = topic_of(passage) if passage.kind != "topic" else None
    safe = mark_safe(snippet)  # noqa: S308  # escaped by the index, which marks words
    return Result(kind_word(passage.kind), topic, passage.title, address, safe)
