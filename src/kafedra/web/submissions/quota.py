"""How much room a repository and the whole course may take, asked before a push is written anywhere.

Measured on the disk and not counted along: whatever git packed, dropped or left, the answer is true.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kafedra.web.submissions.models import Repository
from kafedra.web.submissions.storage import repository_path

_REMEMBERED_SECONDS = 60  # of what the whole course takes: a walk over some thousand folders
_SPARE_BYTES = 512 * 2**20  # the database and its journal must always be able to grow


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes taken, and how many may be."""

    taken: int
    limit: int

    def has(self, more: int) -> bool:
        return self.taken + more <= self.limit

    @property
    def shown(self) -> str:
        """``120 of 2048 MB``."""
        return f"{-(-self.taken // 2**20)} of {self.limit // 2**20} MB"


def of_repository(repository: Repository) -> Room:
    """A few hundred files at most: `tidying` packs them."""
    return Room(_size(repository_path(repository)), settings.REPOSITORY_BYTES)


def of_course() -> Room:
    """All repositories of all runs, as they were a minute ago at the latest."""
    return Room(_all.size(), settings.REPOSITORIES_BYTES)


def refusal(repository: Repository, size: int) -> str:
    """Why `size` bytes more can't be taken, or nothing."""
    room = of_repository(repository)
    if not room.has(size):
        return _(
            "This repository is full: it takes {taken} of {limit} MB, and this push would bring {size} MB more. "
            "Nothing was stored, and what was handed in stays. Push without data and without outputs of cells, "
            "or write to your teachers."
        ).format(taken=_mb(room.taken), limit=_mb(room.limit), size=_mb(size))
    free = shutil.disk_usage(settings.DATA_DIR).free
    if not of_course().has(size) or free < size + _SPARE_BYTES:
        return _(
            "There is no room left on the server, so nothing was stored. It is not your fault: your teachers see it "
            "and can make room. Keep your commit and push again later."
        )
    return ""


def taken(size: int) -> None:
    """A push of `size` bytes goes on to git. What was refused takes no room, not even until the next look."""
    _all.add(size)


class _Total:
    """The size of all repositories, walked once a minute at most; pushes in between are added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder, self._size, self._at = Path(), 0, float("-inf")

    def size(self) -> int:
        folder = Path(settings.REPOSITORIES_DIR)
        with self._lock:
            if folder != self._folder or time.monotonic() - self._at > _REMEMBERED_SECONDS:
                self._folder, self._size, self._at = folder, _size(folder), time.monotonic()
            return self._size

    def add(self, size: int) -> None:
        with self._lock:
            self._size += size


_all = _Total()


def _size(folder: Path) -> int:
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    """Bytes on the disk of everything below; what git takes away meanwhile is nothing."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(Path(entry.path))
                else:
                    try:
                        yield entry.stat(follow_symlinks=False).st_blocks * 512
                    except FileNotFoundError:
                        continue
    except FileNotFoundError:
        return


def _mb(size: int) -> int:
    return -(-size // 2**20)
