"""Few warm graders for many assignments: two processes with torch cost half a gigabyte or more.

Environments that differ only in what they preload share one grader, which has loaded all of it: what a submission does
not import makes no difference to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kafedra.course import Environment
from kafedra.grading.faults import SandboxUnavailable
from kafedra.grading.grader import Grader


class Pool:
    """Warm graders, each started when it is first needed. Not thread-safe: every worker has a pool of its own."""

    def __init__(self, make: Callable[[Environment], Grader]) -> None:
        """``make``: a grader for an environment, not started yet."""
        self._make = make
        self._warm: dict[Environment, Grader] = {}
        self._broken: set[Environment] = set()

    def grader(self, environment: Environment, others: Iterable[Environment] = ()) -> Grader:
        """One that is warm and has loaded what ``environment`` asks for.

        ``others``: environments that will be asked for as well. Where something that they preload can't be loaded, this
        one gets a grader of its own. Raises as :meth:`Grader.start` does.
        """
        for warm, grader in self._warm.items():
            if _serves(warm, environment):
                return grader
        shared = _together(environment, others)
        if shared != environment and shared not in self._broken:
            try:
                return self._start(shared)
            except SandboxUnavailable:
                self._broken.add(shared)  # until a change of the course makes it another one
        return self._start(environment)

    def close(self) -> None:
        """End them all."""
        while self._warm:
            _, grader = self._warm.popitem()
            grader.close()

    def _start(self, environment: Environment) -> Grader:
        grader = self._make(environment)
        grader.start()
        for replaced in [warm for warm in self._warm if _serves(environment, warm)]:
            self._warm.pop(replaced).close()
        self._warm[environment] = grader
        return grader


def _serves(warm: Environment, wanted: Environment) -> bool:
    return _kind(warm) == _kind(wanted) and set(wanted.preload) <= set(warm.preload)


def _kind(environment: Environment) -> Environment:
    return environment.model_copy(update={"preload": (), "programs": ()})  # these are the job's, not the grader's


def _together(environment: Environment, others: Iterable[Environment]) -> Environment:
    alike = [one for one in others if _kind(one) == _kind(environment)]
    names = dict.fromkeys(name for one in (*alike, environment) for name in one.preload)
    return environment.model_copy(update={"preload": tuple(names)})
