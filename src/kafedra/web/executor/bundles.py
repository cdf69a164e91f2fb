"""Assignments by the digest of their folder: a job names its tests by what they are, not by where they lie."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from kafedra.course import Assignment
from kafedra.grading import GradingFault, Promise, UnusableAssignment, bundle_digest

_MOST: Final = 256  # digests that are remembered; an assignment has one more each time its author changes it


class Bundles:
    """Thread-safe. What is not remembered any more is a fault of ours, and the next attempt remembers it again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._assignments: OrderedDict[str, Assignment] = OrderedDict()
        self._promises: dict[str, Promise] = {}

    def add(self, assignment: Assignment) -> str:
        """The digest of its folder as it is now; `find` knows it from here on."""
        digest = bundle_digest(assignment)
        with self._lock:
            self._assignments[digest] = assignment
            self._assignments.move_to_end(digest)
            while len(self._assignments) > _MOST:
                forgotten, _assignment = self._assignments.popitem(last=False)
                self._promises.pop(forgotten, None)
        return digest

    def find(self, digest: str) -> Assignment:
        """Raises GradingFault."""
        with self._lock:
            found = self._assignments.get(digest)
        if found is None:
            raise GradingFault(f"the tests of bundle {digest[:12]} are not known here")
        return found

    def promise(self, digest: str, collect: Callable[[Assignment], Promise]) -> Promise:
        """What its tests are worth, collected once. Raises GradingFault if the folder has changed meanwhile."""
        with self._lock:
            known = self._promises.get(digest)
        if known is not None:
            return known
        assignment = self.find(digest)
        found = collect(assignment)
        if bundle_digest(assignment) != digest:
            raise GradingFault(f"the tests of {assignment.slug} were changed under our hands")
        if not found and not assignment.by_hand:
            raise UnusableAssignment(f"{assignment.slug} has no tests")
        with self._lock:
            self._promises[digest] = found
        return found


bundles: Final = Bundles()  # one for the process, as its dispatcher is
