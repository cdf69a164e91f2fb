"""Warm graders for one thread of the executor: one for each environment that the course's assignments ask for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from types import TracebackType
from typing import Literal, Self

from kafedra.course import Assignment, Environment
from kafedra.grading import Grader, Report, SandboxUnavailable, check_sandbox
from kafedra.web.classroom import course

# One after another: the first verdict after a start then comes in half the time.
_warming = threading.Lock()


@cache
def _sandbox_problems() -> tuple[str, ...]:
    """What a trial showed, once in the life of the server: that a sandbox starts does not mean that it holds."""
    return tuple(f"{found.name}: {found.detail} ({found.remedy})" for found in check_sandbox() if not found.ok)


class Graders:
    """The environment that most assignments share is warm from the start, any other from its first use."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._by_environment: dict[Environment, Grader] = {}

    def __enter__(self) -> Self:
        with _warming:
            problems = _sandbox_problems()
        if problems:
            raise SandboxUnavailable("\n".join(problems))
        environments = Counter(one.environment for one in course.current().assignments.values())
        for environment, _count in environments.most_common(1):
            with _warming:
                self._grader(environment)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def grade(self, assignment: Assignment, files: Mapping[str, bytes], *, language: Literal["ru", "en"]) -> Report:
        """As `kafedra.grading.Grader.grade`."""
        return self._grader(assignment.environment).grade(assignment, files, language=language)

    def _grader(self, environment: Environment) -> Grader:
        if environment not in self._by_environment:
            self._by_environment[environment] = self._stack.enter_context(Grader(environment))
        return self._by_environment[environment]
