"""The files of a submission that lies on this machine's disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kafedra.course import Assignment

MAX_BYTES: Final = 64 * 2**20
_SUFFIXES: Final = (".ipynb", ".py")
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class UnusablePath(ValueError):
    """Nothing to grade at this path; the message says what is expected there."""


def read_files(path: Path, assignment: Assignment) -> dict[str, bytes]:
    """A notebook, a ``.py`` file, or a folder as a student's clone would look: relative path → content.

    Raises :class:`UnusablePath`.
    """
    if path.is_symlink():
        raise UnusablePath(f"{path}: a link is not followed; name the file itself")
    if not path.exists():
        raise UnusablePath(f"{path}: there is no such file or folder")
    if path.is_file():
        if path.suffix.lower() not in _SUFFIXES and assignment.is_code:
            raise UnusablePath(f"{path}: a notebook (.ipynb), a Python file (.py) or a folder is needed")
        return {path.name if assignment.is_code else assignment.notebook: _read(path)}
    if not path.is_dir():
        raise UnusablePath(f"{path}: neither a file nor a folder")
    entries = [entry for entry in path.iterdir() if entry.suffix.lower() in _SUFFIXES]
    names = sorted(entry.name for entry in entries if _is_own(path, entry.name))
    beside = [name for name in assignment.handed_in[1:] if _is_own(path, name)]
    if _is_own(path, assignment.notebook) or not assignment.is_code:
        names = [assignment.notebook]
    if not names or not _is_own(path, names[0]):
        raise UnusablePath(f"{path}: there is no {assignment.notebook} in this folder")
    return {name: _read(path / name) for name in dict.fromkeys((*names, *beside))}


def _is_own(folder: Path, name: str) -> bool:
    """A file at that path, and no link on the way there."""
    place = folder / name
    return place.is_file() and not any(one.is_symlink() for one in (place, *place.parents) if folder in one.parents)


def _read(path: Path) -> bytes:
    try:
        # between the look and the opening a file may become a link: the opening decides
        with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_FOLLOW)) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UnusablePath(f"{path}: larger than {MAX_BYTES // 2**20} MB")
        return data
    except OSError as error:
        raise UnusablePath(f"{path}: cannot be read: {error.strerror}") from None
