"""Memory of all processes of a submission together, as seen from the keeper."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Final

_MIB: Final = 2**20


class MemoryWatch:
    """The address-space limit holds for each process; this one holds for their sum.

    What a process shares with the warm keeper is not the student's: only growth over it counts. Pages that
    were shared and then written to escape the sum, which is bounded by the keeper's own size.
    """

    def __init__(self, limit_mb: int) -> None:
        self._limit = limit_mb * _MIB
        self._own = {os.getpid(), 1}
        self._shared = _resident(os.getpid())

    def exceeded(self) -> bool:
        pids = {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
        return sum(max(0, _resident(pid) - self._shared) for pid in pids - self._own) > self._limit


def _resident(pid: int) -> int:
    """Resident bytes; 0 for a process that has just ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * resource.getpagesize()
