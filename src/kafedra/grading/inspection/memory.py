"""Which assignments were well when they were last looked at: what has not changed since needs no second look."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import kafedra
from kafedra.course import Assignment

_PACKAGES: Final = ("matplotlib", "pytest", "jupytext")
_MOST: Final = 1000  # marks; beyond that the oldest half goes


class Memory:
    """Marks in a folder of the user's cache; where there can be none, nothing is remembered and all goes on."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _users_cache()

    def was_well(self, assignment: Assignment) -> bool:
        """Whether exactly this was looked at before and had no problem."""
        return self._folder is not None and (self._folder / _digest(assignment)).exists()

    def note(self, assignment: Assignment) -> None:
        """It is well as it is."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / _digest(assignment)).touch()
            self._tidy(self._folder)

    @staticmethod
    def _tidy(folder: Path) -> None:
        marks = sorted(folder.iterdir(), key=lambda mark: mark.stat().st_mtime)
        for mark in marks[: len(marks) // 2] if len(marks) > _MOST else []:
            mark.unlink(missing_ok=True)


def _users_cache() -> Path | None:
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kafedra" / "inspected"
    except RuntimeError:  # somebody without a home
        return None


def _digest(assignment: Assignment) -> str:
    """Of all its files, and of everything that reads them."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (*_reader(), *_versions(assignment), *_files(assignment.root)):
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def _files(root: Path) -> Iterator[bytes]:
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix().encode()
            yield path.read_bytes()


def _versions(assignment: Assignment) -> Iterator[bytes]:
    for name in sorted({*_PACKAGES, *assignment.environment.preload}):
        try:
            yield f"{name} {importlib.metadata.version(name)}".encode()
        except importlib.metadata.PackageNotFoundError:
            yield name.encode()


@cache
def _reader() -> tuple[bytes, ...]:
    """Python's version and kafedra's own modules as they are installed, whatever their version says."""
    root = Path(kafedra.__file__).parent
    folders = [root / name for name in ("course", "notebooks", "testing", "grading")]
    modules = sorted(path for folder in folders for path in folder.rglob("*.py"))
    return (sys.version.encode(), *(path.read_bytes() for path in modules))
