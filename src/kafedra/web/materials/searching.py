"""Search over what a reader may read of the course; other rooms add what they find."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from typing import Final

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kafedra.course import Course, Localized
from kafedra.materials import (
    Index,
    Passage,
    course_passages,
    homework_passages,
    reading_passages,
    stamp,
    stamps,
    title_of,
)
from kafedra.web.frame.language import spoken
from kafedra.web.frame.templatetags.kafedra import local
from kafedra.web.materials.access import Reader
from kafedra.web.materials.addresses import topic_page
from kafedra.web.materials.homework import homework_of
from kafedra.web.people.hooks import Hit
from kafedra.web.runs import course
from kafedra.web.runs.addresses import practice_page

_SHOWN: Final = 20
_LOOKED_AT: Final = 200  # some of what is found isn't open yet


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
        state = (known.root, tuple(stamps(one.root) for one in known.materials.values()), _stamped(known))
        if self._index is None or self._state != state:
            if self._index is not None:
                self._index.close()
            self._index, self._state = Index(), state
            self._index.replace(passages())
        return self._index


def _stamped(known: Course) -> Hashable:
    """Of an assignment what is read here: its folder may hold a corpus."""
    written = known.assignments.values()
    return tuple(stamp(one.root / name) for one in written for name in ("assignment.toml", "notebook.py"))


_kept = _Kept()


def prepare() -> None:
    """Make the index ahead of the first who asks: it takes a second, of which morphology is most."""
    _kept.prepare()


def search(reader: Reader, query: str) -> list[Hit]:
    """What the reader may read that has all words of the query, the best first."""
    places = Places(reader)
    found = (_result(places, passage, snippet) for passage, snippet in _kept.find(query))
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
    yield from homework_passages(known)


class Places:
    """Where passages are in the reader's run."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._works = {work.slug: work.address for one in homework_of(reader) for work in one.works}
        self._planned = {topic for one in reader.facts.plan for topic in one.topics}

    def of(self, passage: Passage) -> str:
        """The address of a passage; empty if it isn't there or not open for the reader."""
        what, _colon, rest = passage.where.partition(":")
        whole, _colon, part = rest.partition(":")
        if what == "reading":
            return reverse("materials:reading", args=[self._reader.run.slug])
        if what == "homework":
            address = self._works.get(whole, "")
            return f"{address}#{passage.anchor}" if address and passage.anchor else address
        return self._of_topic(int(whole), part, passage.anchor)

    def _of_topic(self, number: int, part: str, anchor: str) -> str:
        if number not in self._planned or not self._reader.opens(number, "materials"):
            return ""
        run = self._reader.run.slug
        if part == "blitz" and self._reader.access is None:
            return practice_page(self._reader.run, course.current().topic(number).slug)
        if part in ("reading", "blitz"):
            return topic_page(run, number) + f"#{part}"
        return topic_page(run, number, part or "topic") + (f"#{anchor}" if anchor else "")


def over(passage: Passage) -> str:
    """What was found, in a word, and of which topic or assignment it is a part."""
    kind, above = _kind_word(passage.kind), _title_above(passage)
    return f"{kind} · {local(above)}" if above else kind


def _kind_word(kind: str) -> str:
    return {
        "topic": _("Topic"), "lecture": _("Lecture"), "seminar": _("Seminar"), "reading": _("Reading"),
        "harder": _("Harder"), "homework": pgettext("what was found", "Homework"), "blitz": _("Blitz"),
    }.get(kind, kind)  # fmt: skip


def _title_above(passage: Passage) -> Localized | None:
    what, _colon, rest = passage.where.partition(":")
    whole, _colon, part = rest.partition(":")
    if not part:
        return None
    return course.current().topic(int(whole)).title if what == "topic" else course.current().assignments[whole].title


def _result(places: Places, passage: Passage, snippet: str) -> Hit | None:
    address = places.of(passage)
    if not address:
        return None
    safe = mark_safe(snippet)  # noqa: S308  # escaped by the index, which marks words
    return Hit(passage.title, address, over(passage), safe)
