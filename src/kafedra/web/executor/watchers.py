"""Who wants to know about which submission."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kafedra.web.executor.interface import Progress, Watcher


class Watchers:
    """Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_submission: dict[int, list[Watcher]] = {}

    def add(self, submission: int, watcher: Watcher) -> Callable[[], None]:
        """Returns the function that takes the watcher away again."""
        with self._lock:
            self._by_submission.setdefault(submission, []).append(watcher)
        return lambda: self._remove(submission, watcher)

    def _remove(self, submission: int, watcher: Watcher) -> None:
        with self._lock:
            watching = self._by_submission.get(submission, [])
            if watcher in watching:
                watching.remove(watcher)
            if not watching:
                self._by_submission.pop(submission, None)

    def tell(self, submission: int, progress: Progress) -> None:
        with self._lock:
            watching = list(self._by_submission.get(submission, ()))
        for watcher in watching:
            watcher(progress)

    def watched(self) -> tuple[int, ...]:
        with self._lock:
            return tuple(self._by_submission)
