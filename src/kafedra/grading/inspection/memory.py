"""Which assignments were well when they were last looked at: what has not changed since needs no second look."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

import kafedra
from kafedra.course import Assignment
from kafedra.notebooks.shelf import Shelf, contents, key_of, versions

_PACKAGES: Final = ("matplotlib", "pytest", "jupytext")


class Memory:
    """Marks in the user's cache."""

    def __init__(self) -> None:
        self._marks = Shelf("inspected")

    def was_well(self, assignment: Assignment) -> bool:
        """Whether exactly this was looked at before and had no problem."""
        return self._marks.get(_key(assignment)) is not None

    def note(self, assignment: Assignment) -> None:
        """It is well as it is."""
        self._marks.put(_key(assignment), b"")


def _key(assignment: Assignment) -> str:
    """Of all its files, and of everything that reads them."""
    packages = versions((*_PACKAGES, *assignment.environment.preload))
    return key_of((*_reader(), *packages, *contents(assignment.root)))


@cache
def _reader() -> tuple[bytes, ...]:
    """Python's version and kafedra's own modules as they are installed, whatever their version says."""
    root = Path(kafedra.__file__).parent
    folders = [root / name for name in ("course", "notebooks", "testing", "grading")]
    modules = sorted(path for folder in folders for path in folder.rglob("*.py"))
    return (sys.version.encode(), *(path.read_bytes() for path in modules))
