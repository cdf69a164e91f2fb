"""Slots of this machine: in each, as few warm graders as the environments of the course's assignments allow."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from kafedra.course import Environment
from kafedra.grading import (
    Grader,
    Job,
    Promise,
    Report,
    SandboxUnavailable,
    UnusableAssignment,
    check_sandbox,
    environment_digest,
)
from kafedra.grading.pool import Pool
from kafedra.grading.sandbox import gpu
from kafedra.web.executor.bundles import bundles
from kafedra.web.executor.interface import OnTest
from kafedra.web.runs import course


@dataclass(frozen=True, slots=True)
class LocalSlot:
    """The processor core for students' code (None: any) and the GPU, if it has one."""

    name: str = "grader"
    core: int | None = None
    gpu: int | None = None

    @property
    def has_gpu(self) -> bool:
        """Whether it is of the lane of those with a GPU."""
        return self.gpu is not None

    @contextmanager
    def open(self) -> Iterator[Graders]:
        """What most assignments need is warm from the start, anything else from its first use."""
        if problems := sandbox_problems():
            raise SandboxUnavailable("\n".join(problems))
        with closing(Pool(self._make)) as pool:
            yield Graders(self, pool)

    def _make(self, environment: Environment) -> Grader:
        # An assignment that asks for several threads could not use them on a single core.
        own = self.core is not None and environment.threads == 1
        return Grader(environment, cores=[self.core] if own and self.core is not None else [], gpu=self.gpu)


def local_slots(workers: int) -> tuple[LocalSlot, ...]:
    """A slot for each worker, and one more for each GPU of this machine.

    Each has a core of its own while there are enough: no submission slows down another one's tests.
    """
    cards = gpu.cards()
    cores = sorted(os.sched_getaffinity(0))
    own = list(cores) if len(cores) >= workers + len(cards) else []
    numbers: list[int | None] = [None] * workers + [*cards]
    return tuple(
        LocalSlot(f"grader {index}" if card is None else f"GPU {card}", own[index - 1] if own else None, card)
        for index, card in enumerate(numbers, 1)
    )


_holds: list[bool] = []  # filled by the first trial that went well


def sandbox_problems() -> tuple[str, ...]:
    """What a trial shows, until one went well: that a sandbox starts does not mean that it holds."""
    if _holds:
        return ()
    problems = tuple(f"{found.name}: {found.detail}\n→ {found.remedy}" for found in check_sandbox() if not found.ok)
    if not problems:
        _holds.append(True)
    return problems


class Graders:
    """The warm graders of one slot."""

    def __init__(self, slot: LocalSlot, pool: Pool) -> None:
        self._slot = slot
        self._pool = pool
        for environment, _count in self._environments().most_common(1):
            self._grader(environment)

    def environment(self, environment: Environment) -> str:
        """As `WarmGrader.environment`."""
        return environment_digest(environment)

    def promise(self, job: Job) -> Promise:
        """As `WarmGrader.promise`."""
        return bundles.promise(job.bundle, self._grader(bundles.find(job.bundle).environment).promise)

    def grade(self, job: Job, on_test: OnTest) -> Report:
        """As `WarmGrader.grade`.

        An environment of its own that does not start is that assignment's trouble and stops no other.
        """
        assignment = bundles.find(job.bundle)
        try:
            grader = self._grader(assignment.environment)
        except SandboxUnavailable as error:
            raise UnusableAssignment(f"the environment of {assignment.slug} does not start: {error}") from error
        return grader.grade(assignment, job.files, language=job.language, seed=job.seed, on_progress=on_test)

    def _environments(self) -> Counter[Environment]:
        found = (one.environment for one in course.current().assignments.values())
        return Counter(environment for environment in found if environment.gpu == self._slot.has_gpu)

    def _grader(self, environment: Environment) -> Grader:
        return self._pool.grader(environment, self._environments())
