"""Started by root, the sandbox runs as another user: can that one read the interpreter and its packages?

On a server hardened with ``umask 077`` what root installs is root's alone. Python says then that a module does not
exist, and it says so in a student's ``import``. Therefore we look beforehand, at the modes of the folders that Python
searches, of what lies in them and of what lies in that: milliseconds; a hundred thousand files take seconds.
"""

from __future__ import annotations

import functools
import importlib.machinery
import os
import shlex
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kafedra.grading.faults import SandboxUnavailable
from kafedra.grading.sandbox.interpreter import Interpreter

_READ, _SEARCH = 4, 1  # for a folder: to list it, to go through it
_LEVELS: Final = 2
_NEEDED: Final = (*importlib.machinery.all_suffixes(), ".pth", ".zip")
_NOT_NEEDED: Final = "__pycache__"  # what can't be read there is compiled anew


@dataclass(frozen=True, slots=True)
class Closed:
    """What the sandbox's user can't read, in a clause, and the command that opens it."""

    what: str
    remedy: str


@functools.cache  # what was readable once stays so: a later pip install doesn't stop a server that runs
def require_readable(interpreter: Interpreter, uid: int) -> None:
    """Raises :class:`SandboxUnavailable` with the command that mends it, if user ``uid`` can't read it all."""
    if closed := find_closed(interpreter, uid):
        raise SandboxUnavailable(f"{closed.what}: {closed.remedy}")


def find_closed(interpreter: Interpreter, uid: int) -> Closed | None:
    """What user ``uid``, who is in no group of this machine's, can't read of it; None if all is well."""
    found = dict.fromkeys(
        path
        for place in (Path(interpreter.executable).resolve(), *interpreter.search_path)
        if (outermost := _shown_by(place, interpreter)) is not None
        for path in _closed(place, outermost, uid)
    )
    if not found:
        return None
    first, *others = found
    more = f" and {len(others)} more" if others else ""
    folders = dict.fromkeys(str(_shown_by(path, interpreter)) for path in found)
    return Closed(
        f"{first}{more} can't be read by user {uid}, as whom students' code runs where root starts it",
        f"chmod -R o+rX {shlex.join(folders)} (and umask 022 before packages are installed)",
    )


def _shown_by(place: Path, interpreter: Interpreter) -> Path | None:
    return next((folder for folder in interpreter.folders if place.is_relative_to(folder)), None)


def _closed(place: Path, outermost: Path, uid: int) -> Iterator[Path]:
    """Of a closed folder it alone, not what is in it."""
    for parent in reversed(place.parents):
        if parent.is_relative_to(outermost) and not _allows(parent.stat(), _SEARCH, uid):
            yield parent
            return
    yield from _closed_within(place, place.stat(), uid, _LEVELS)


def _closed_within(path: Path, facts: os.stat_result, uid: int, levels: int) -> Iterator[Path]:
    is_folder = stat.S_ISDIR(facts.st_mode)
    if not _allows(facts, _READ | _SEARCH if is_folder else _READ, uid):
        yield path
    elif is_folder and levels:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name != _NOT_NEEDED and (entry.is_dir() or (entry.name.endswith(_NEEDED) and entry.is_file())):
                    yield from _closed_within(Path(entry.path), entry.stat(), uid, levels - 1)


def _allows(facts: os.stat_result, rights: int, uid: int) -> bool:
    """By the mode's bits; the sandbox's user has its own number as its group's."""
    shift = 6 if facts.st_uid == uid else 3 if facts.st_gid == uid else 0
    return facts.st_mode >> shift & rights == rights
