"""What an attack could leave behind on this machine, as one comparable picture."""

from __future__ import annotations

import os
import site
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import kafedra

# attacks give this name to whatever they try to leave behind
MARK: Final = "kafedra_attack"
_PATIENCE: Final = 3.0
_PLACES: Final = ("/", "/tmp", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/usr", "/usr/local", "/etc", "/root")


Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Picture:
    """Our processes with their open descriptors, this machine's mounts, files that bear the mark, the course.

    Processes are counted, not known by their numbers: the one that is made ready for the next submission is a new one
    each time.
    """

    processes: Counter[tuple[str, int]]
    mounts: str
    marked: frozenset[str]
    course: dict[str, tuple[int, int]]


def take(course: Path) -> Picture:
    return Picture(
        Counter((_command(pid), _descriptors(pid)) for pid in descendants(os.getpid())),
        Path("/proc/self/mounts").read_text(),
        frozenset(_marked(course)),
        {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(course.rglob("*"))},
    )


def descendants(root: int) -> set[int]:
    """``root`` and every process below it. Those inside a sandbox hang below its keeper, whoever forked them."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and (parent := _parent(entry.path)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = set[int](), [root]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def wait_until(condition: Callable[[], bool], seconds: float = _PATIENCE) -> bool:
    """True as soon as it holds; a judge that has answered may need a moment to leave."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        threading.Event().wait(0.01)  # nothing announces that a process has left
    return True


def _parent(folder: str) -> int | None:
    try:
        return int(Path(folder, "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def at_rest(look: Callable[[], Seen], seconds: float = _PATIENCE) -> Seen:
    """What is seen when it stays the same for some looks: processes are started ahead, and leave a moment later."""
    seen: list[Seen] = []

    def resting() -> bool:
        seen.append(look())
        return len(seen) > 5 and all(one == seen[-1] for one in seen[-5:])

    assert wait_until(resting, seconds)
    return seen[-1]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _descriptors(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0


def _marked(course: Path) -> Iterator[str]:
    packages = [*site.getsitepackages(), str(Path(kafedra.__file__).parent), str(course), str(Path.cwd())]
    for place in (*_PLACES, *packages):
        try:
            names = [entry.name for entry in Path(place).iterdir()]
        except OSError:
            continue
        yield from (f"{place}/{name}" for name in names if MARK in name)
