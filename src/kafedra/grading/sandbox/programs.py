"""Programs that the student's code may start: those that the assignment names, and no others are there.

In every folder where programs lie stands another one with these alone. What a library keeps for itself below
``/usr/lib`` stays: a compiler's own steps are there, and nothing that could do more than the student's code can.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kafedra.walls import libc

FOLDERS: Final = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_OTHERS: Final = ("/usr/games", "/usr/local/games")
_SHUT: Final = libc.MS_RDONLY | libc.MS_NOSUID | libc.MS_NODEV


def absent(names: Iterable[str]) -> list[str]:
    """Those that are not installed where a submission could start them."""
    return [name for name in names if _find(name) is None]


def leave_only(names: Iterable[str]) -> None:
    """Take all programs but these out of sight, in the mount namespace of one submission."""
    chosen = {name: path for name in names if (path := _find(name)) is not None}
    opened = {name: os.open(path.resolve(), os.O_PATH) for name, path in chosen.items()}
    for folder in _folders():
        here = {name for name, path in chosen.items() if path.parent.resolve() == folder}
        size = f"size=64k,nr_inodes={len(here) + 2},mode=0755"
        libc.mount("tmpfs", str(folder), "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, size)
        for name in here:
            (folder / name).touch()
            libc.mount(f"/proc/self/fd/{opened[name]}", str(folder / name), "none", libc.MS_BIND)
        libc.restrict_mount(str(folder), _SHUT)
    for descriptor in opened.values():
        os.close(descriptor)


def _find(name: str) -> Path | None:
    found = shutil.which(name, path=os.pathsep.join(FOLDERS))
    return None if found is None else Path(found)


def _folders() -> Iterator[Path]:
    """Where programs lie, each once however many names lead there; Python's own among them."""
    names = (*FOLDERS, *_OTHERS, f"{sys.prefix}/bin", f"{sys.base_prefix}/bin")
    yield from dict.fromkeys(path.resolve() for path in map(Path, names) if path.is_dir())
