"""Chapters and seminars as pages, rendered once until a file or an execution of the topic is another.

A page is what is known now: nobody waits for an execution. When one ends, the next reader gets the page with it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings

from kafedra.course.topics import TopicMaterials
from kafedra.materials import (
    Chapter,
    SeminarPage,
    Store,
    Variant,
    chapter,
    notebook_file,
    picture,
    seminar_page,
    stamp,
    stamps,
)
from kafedra.web.frame.language import spoken
from kafedra.web.materials.addresses import addresses, output_at
from kafedra.web.runs import course

Value = TypeVar("Value")
_MOST: Final = 400


def store() -> Store:
    """Where outputs are kept: the course's own place, or the server's where the course can't be written to."""
    found = Store.of(course.current().root)
    there = found.root if found.root.exists() else found.root.parent
    return found if os.access(there, os.W_OK) else Store(Path(settings.DATA_DIR) / "materials")


class Shelf:
    """Keeps what was rendered, by name and by the state of the files that it was rendered from."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Hashable, Any]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, state: Hashable, make: Callable[[], Value]) -> Value:
        """The value for `key`, made anew if `state` is another than the last time."""
        kept = self._kept.get(key)
        if kept is None or kept[0] != state:
            with self._lock:  # several at once would only slow each other down
                kept = self._kept.get(key)
                if kept is None or kept[0] != state:
                    if len(self._kept) >= _MOST:
                        self._kept.clear()
                    kept = self._kept[key] = (state, make())
        found: Value = kept[1]
        return found


_shelf = Shelf()


def chapter_of(run: str, topic: TopicMaterials) -> Chapter:
    """The lecture with the addresses of this run."""
    where = store()
    key = ("lecture", run, str(topic.root))
    return _shelf.get(key, state_of(topic, where), lambda: chapter(topic, where, addresses(run, topic.number)))


def seminar_of(run: str, topic: TopicMaterials, variant: Variant) -> SeminarPage:
    """A notebook of the seminar with the addresses of this run. Raises ``BuildError``."""
    where, language = store(), spoken()
    places, at = addresses(run, topic.number), output_at(run, topic.number, variant)
    key = ("seminar", run, str(topic.root), variant, language)
    return _shelf.get(
        key,
        state_of(topic, where),
        lambda: seminar_page(topic, where, variant, places, picture_at=at, language=language),
    )


def notebook_of(topic: TopicMaterials, variant: Variant) -> bytes:
    """The file of a notebook to download. Raises ``BuildError``."""
    where = store()
    key = ("notebook", str(topic.root), variant)
    return _shelf.get(key, state_of(topic, where), lambda: notebook_file(topic, where, variant))


def picture_of(topic: TopicMaterials, name: str, *, dark: bool) -> bytes | None:
    """A figure of the chapter, or None while it isn't drawn."""
    return picture(topic, store(), f"pictures/{name}.svg", dark=dark)


def state_of(topic: TopicMaterials, where: Store) -> Hashable:
    """Another one whenever a page of the topic may be: its files, its last execution, what is drawn."""
    made = (where.root / "runs" / topic.root.name / "0.json", where.root / "pictures")
    return (stamps(topic.root), tuple(stamp(path) for path in made))
