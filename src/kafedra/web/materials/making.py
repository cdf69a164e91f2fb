"""What the server makes ahead of its readers: executions and drawings in a process of their own, the search index.

Readers never wait for it: a page shows what is known. A seminar whose cell fails is told of in the log, once for each
state of its files; `kafedra topic build` shows the traceback.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Hashable
from typing import Final

from django.conf import settings
from django.utils import translation

from kafedra.course.topics import TopicMaterials
from kafedra.materials import Store, known, known_pictures, stamps
from kafedra.notebooks import BuildError
from kafedra.web.materials import searching, shelf
from kafedra.web.runs import course

log = logging.getLogger(__name__)
_NICE: Final = 15  # a verdict comes first


class Maker:
    """One process at a time for one topic; what failed is left alone until its files change."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._topic = ""
        self._tried: dict[str, Hashable] = {}
        self.warms: threading.Thread | None = None

    def look(self) -> None:
        """Start what is missing, if nothing is being made."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            if self._process.returncode != 0:
                log.error("topic %s can't be built; see: kafedra topic build %s", self._topic, self._topic)
            self._process = None
        where = shelf.store()
        for topic in course.current().materials.values():
            state = stamps(topic.root)
            if self._tried.get(topic.slug) != state and _lacks(topic, where):
                self._tried[topic.slug] = state
                self._topic, self._process = topic.slug, _start(topic, where)
                return


_maker = Maker()


def keep_made() -> None:
    """For the server's chores: never takes long."""
    if settings.BUILD_TOPICS:
        _maker.look()
        if _maker.warms is None or not _maker.warms.is_alive():
            _maker.warms = threading.Thread(target=warm, name="materials", daemon=True)
            _maker.warms.start()


def warm() -> None:
    """Render what has changed before a reader asks for it, and make the search index; quick when nothing has."""
    searching.prepare()
    for run in course.current().runs:
        for topic in course.current().materials.values():
            with contextlib.suppress(BuildError):  # the page says so
                shelf.chapter_of(run, topic)
                for language in ("ru", "en"):
                    with translation.override(language):
                        shelf.seminar_of(run, topic, "student")


def _lacks(topic: TopicMaterials, where: Store) -> bool:
    try:
        pictures = not topic.pictures.is_file() or bool(known_pictures(topic, where))
        return known(topic, where) is None or not pictures
    except BuildError:
        return False  # the page says so


def _start(topic: TopicMaterials, where: Store) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kafedra", "topic", "build", topic.slug, "--course", str(course.current().root)]
    environment = {**os.environ, "KAFEDRA_MATERIALS": str(where.root)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, process_group=0)
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    return process
