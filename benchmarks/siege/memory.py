"""The memory of a process and of every process below it, as the kernel tells it in ``/proc``."""

from __future__ import annotations

import threading
from collections import defaultdict
from pathlib import Path

_SAMPLE_SECONDS = 0.25
_PROC = Path("/proc")


class Watch:
    """``with`` it: `peak_bytes` is the most that was held at one moment. Only private pages count: warm graders share
    what they were forked from.
    """

    def __init__(self, root: int) -> None:
        self._root, self._over = root, threading.Event()
        self.peak_bytes = 0

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_SAMPLE_SECONDS):
            self.peak_bytes = max(self.peak_bytes, sum(map(_private, _family(self._root))))


def _family(root: int) -> list[int]:
    below: dict[int, list[int]] = defaultdict(list)
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            below[int(told[1])].append(int(folder.name))
    found = [root]
    for one in found:
        found.extend(below[one])
    return found


def _private(process: int) -> int:
    try:
        told = (_PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Private_"))
