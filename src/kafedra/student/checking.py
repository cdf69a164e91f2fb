"""``kafedra check``: the public tests of the assignment in this folder, on the student's own machine."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

from kafedra.course import Assignment, load_assignment
from kafedra.grading.files import read_files
from kafedra.grading.judge.verdict import judge
from kafedra.grading.messages import Language
from kafedra.grading.report import Report, TestReport
from kafedra.student.plain_host import PlainHost


def check(
    folder: Path,
    *,
    seed: int | None = None,
    language: Language = "ru",
    on_progress: Callable[[TestReport], None] = lambda _: None,
) -> tuple[Assignment, Report]:
    """Run the public tests against the notebook in ``folder``, a clone of the student's repository.

    Raises :class:`~kafedra.course.CourseError` where there is no assignment.
    """
    assignment = load_assignment(folder)
    with contextlib.closing(PlainHost(assignment.environment.preload)) as host:
        report = judge(
            assignment,
            read_files(folder, assignment),
            host,
            seed=secrets.randbelow(2**53) if seed is None else seed,
            language=language,
            public_only=True,
            sandboxed=False,
            on_test=on_progress,
        )
    return assignment, report
