"""The tests of submissions that are being graded, as they end, for whoever looks on.

Kept in memory only: the verdict is what is stored, and who missed this has missed nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kafedra.grading.report import TestReport


class Live:
    """Thread-safe: graders write, pages read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended: dict[int, list[TestReport]] = {}

    @contextmanager
    def following(self, submission: int) -> Iterator[None]:
        """From here on the submission's tests are kept; at the end they are forgotten."""
        with self._lock:
            self._ended[submission] = []
        try:
            yield
        finally:
            with self._lock:
                self._ended.pop(submission, None)

    def ended(self, submission: int, test: TestReport) -> None:
        """A test has ended."""
        with self._lock:
            if submission in self._ended:
                self._ended[submission].append(test)

    def tests(self, submission: int) -> tuple[TestReport, ...]:
        """Those that have ended so far, in their order; none if it is not being graded."""
        with self._lock:
            return tuple(self._ended.get(submission, ()))


live: Final = Live()  # one for the process, as its executor is
