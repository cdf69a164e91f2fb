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

    def __init__(self, limit_mb: int, *, keeper: int) -> None:
        """``keeper`` is :func:`held_here` of the keeper, before anything was forked."""
        self._limit = limit_mb * _MIB + keeper

    def exceeded(self, init: int) -> bool:
        """``init``: pid 1 of the submission.

        What is resident is known at once, and is never less than the shares, for which the kernel looks at each page.
        """
        processes = _submission(init)
        if sum(map(_resident, processes)) <= self._limit:
            return False
        return sum(map(_share, processes)) > self._limit


def held_here() -> int:
    """Bytes of memory that this process holds."""
    return _share(os.getpid())


def longest_wait(init: int) -> float:
    """Seconds that the most patient of the processes has stood in the scheduler's queue; 0 if the kernel won't say."""
    return max(map(_run_delay, _submission(init)), default=0.0)


def require_lists_of_children() -> None:
    """Raises ``OSError`` where the kernel keeps none: memory that is used by a child would not be seen."""
    Path("/proc/thread-self/children").read_text("ascii")


def _submission(init: int) -> set[int]:
    """All processes below pid 1 of a submission, and itself: whoever loses a parent there becomes its child."""
    found, waiting = set[int](), {init}
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting |= _children(pid) - found
    return found


def _children(pid: int) -> set[int]:
    """A process that ends while the list is read may hide the next one, so it is read until it says nothing new.

    Source: proc_pid_tid_children(5).
    """
    found, more = set[int](), True
    while more:
        seen = {int(child) for task in _threads(pid) for child in _read(f"{task}/children").split()}
        more = bool(seen - found)
        found |= seen
    return found


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
            return _resident_of(task)
        except OSError:  # this thread has ended; the others, if there are any, go on with the same memory
            continue
        return sum(map(int, _FIELDS.findall(text))) * _KIB
    return 0


def _tasks(pid: int) -> Iterator[str]:
    """The process as a whole, then thread by thread: a process may go on when its first thread has ended."""
    yield f"/proc/{pid}"
    yield from _threads(pid)


def _threads(pid: int) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for number in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - names
            yield f"/proc/{pid}/task/{number}"


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii")
    except OSError:  # it has just ended
        return ""


def _resident(pid: int) -> int:
    """Bytes that it has in memory, what it shares counted whole; 0 for a process that has just ended."""
    return next((size for task in _tasks(pid) if (size := _resident_of(task))), 0)


def _resident_of(task: str) -> int:
    try:
        return int(Path(task, "statm").read_text("ascii").split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0
