"""Warm graders for one thread of the executor: one for each environment that the course's assignments ask for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Literal, Self

from kafedra.course import Assignment, Environment
from kafedra.grading import Grader, Report, SandboxUnavailable, TestReport, UnusableAssignment, check_sandbox
from kafedra.grading.sandbox import gpu
from kafedra.web.runs import course


@dataclass(frozen=True, slots=True)
class Place:
    """Where one worker works: the processor core for students' code (None: any), and its GPU, if it has one."""

    core: int | None = None
    gpu: int | None = None


def places(workers: int) -> tuple[Place, ...]:
    """A place for each worker, and one more for each GPU of this machine.

    Each has a core of its own while there are enough: no submission slows down another one's tests.
    """
    cards = gpu.cards()
    cores = sorted(os.sched_getaffinity(0))
    own = list(cores) if len(cores) >= workers + len(cards) else []
    numbers: list[int | None] = [None] * workers + [*cards]
    return tuple(Place(own[index] if own else None, card) for index, card in enumerate(numbers))


@cache
def _sandbox_problems() -> tuple[str, ...]:
    """What a trial showed, once in the life of the server: that a sandbox starts does not mean that it holds."""
    return tuple(f"{found.name}: {found.detail} ({found.remedy})" for found in check_sandbox() if not found.ok)


class Graders:
    """The environment that most assignments share is warm from the start, any other from its first use."""

    def __init__(self, place: Place = Place()) -> None:  # a frozen value
        self._place = place
        self._stack = ExitStack()
        self._by_environment: dict[Environment, Grader] = {}

    def __enter__(self) -> Self:
        if problems := _sandbox_problems():
            raise SandboxUnavailable("\n".join(problems))
        for environment, _count in self._environments().most_common(1):
            self._grader(environment)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def grade(
        self,
        assignment: Assignment,
        files: Mapping[str, bytes],
        *,
        language: Literal["ru", "en"],
        seed: int | None = None,
        on_progress: Callable[[TestReport], None] = lambda _: None,
    ) -> Report:
        """As `kafedra.grading.Grader.grade`.

        An environment of its own that does not start is that assignment's trouble and stops no other.
        """
        try:
            grader = self._grader(assignment.environment)
        except SandboxUnavailable as error:
            raise UnusableAssignment(f"the environment of {assignment.slug} does not start: {error}") from error
        return grader.grade(assignment, files, language=language, seed=seed, on_progress=on_progress)

    def _environments(self) -> Counter[Environment]:
        mine = self._place.gpu is not None
        found = (one.environment for one in course.current().assignments.values())
        return Counter(environment for environment in found if environment.gpu == mine)

    def _grader(self, environment: Environment) -> Grader:
        if environment not in self._by_environment:
            # An assignment that asks for several threads could not use them on a single core.
            own = self._place.core is not None and environment.threads == 1
            cores = [self._place.core] if own and self._place.core is not None else []
            grader = Grader(environment, cores=cores, gpu=self._place.gpu)
            self._by_environment[environment] = self._stack.enter_context(grader)
        return self._by_environment[environment]
