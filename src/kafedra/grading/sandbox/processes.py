"""The processes of a submission, as the keeper sees them from outside: their memory, their waiting."""

from __future__ import annotations

import contextlib
import os
import re
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_KIB: Final = 2**10
_MIB: Final = 2**20
_FIELDS: Final = re.compile(r"^(?:Pss_Anon|Pss_Shmem):\s+(\d+) kB", re.MULTILINE)


class MemoryWatch:
    """The address-space limit holds for each process; this one holds for their sum.

    Counted is the proportional share of anonymous and shared memory: a page that several processes hold counts once.
    What they still share with the warm keeper is ours, so as much as the keeper holds is allowed on top.
    """

    def __init__(self, limit_mb: int) -> None:
        self._limit = limit_mb * _MIB + _share(os.getpid())

    def exceeded(self) -> bool:
        return sum(_share(pid) for pid in _others()) > self._limit


def longest_wait() -> float:
    """Seconds that the most patient of the processes has stood in the scheduler's queue; 0 if the kernel won't say."""
    return max(map(_run_delay, _others()), default=0.0)


def _others() -> Iterator[int]:
    """All processes in the keeper's pid namespace but itself and bubblewrap's own."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in (1, os.getpid()):
            yield int(entry.name)


def _run_delay(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text("ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def _share(pid: int) -> int:
    """Bytes; 0 for a process that has just ended."""
    for task in _tasks(pid):
        try:
            text = Path(task, "smaps_rollup").read_text("ascii")
        except PermissionError:  # it does not let itself be looked into; how much it holds is no secret
            return _resident(task)
        except OSError:  # this thread has ended; the others, if there are any, go on with the same memory
            continue
        return sum(map(int, _FIELDS.findall(text))) * _KIB
    return 0


def _tasks(pid: int) -> Iterator[str]:
    """The process as a whole, then thread by thread: a process may go on when its first thread has ended."""
    yield f"/proc/{pid}"
    with contextlib.suppress(OSError):
        for number in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - names
            yield f"/proc/{pid}/task/{number}"


def _resident(task: str) -> int:
    try:
        return int(Path(task, "statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0
