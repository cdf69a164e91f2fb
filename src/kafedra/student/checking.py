"""``kafedra check``: the public tests of the assignment in this folder, on the student's own machine."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import secrets
from collections.abc import Callable
from pathlib import Path

from kafedra.course import Assignment, Language, load_assignment
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.files import read_files
from kafedra.grading.judge.source import find_submission, read_source
from kafedra.grading.judge.verdict import judge
from kafedra.grading.report import Report, TestReport
from kafedra.student.differences import differences
from kafedra.student.plain_host import PlainHost


class Incomplete(Exception):
    """The clone lacks what came with it. ``names`` are the files or folders, ``notebook`` says that one is the work."""

    def __init__(self, *names: str, notebook: bool = False) -> None:
        super().__init__(", ".join(names))
        self.names = names
        self.notebook = notebook


class NotInstalled(Exception):
    """Packages that the assignment needs are not installed here. ``names`` are the modules that were looked for."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def check(
    folder: Path,
    *,
    seed: int | None = None,
    language: Language | None = None,
    on_progress: Callable[[TestReport], None] = lambda _: None,
) -> tuple[Assignment, Report]:
    """Run the public tests against the notebook in ``folder``, a clone of the student's repository.

    ``language`` None: that of the assignment.
    Raises :class:`~kafedra.course.CourseError` where there is no assignment, :class:`Incomplete` where a part of it is
    missing, :class:`NotInstalled`, and :class:`~kafedra.grading.GradingError` where the tests can't be run.
    """
    assignment = load_assignment(folder)
    files = _files(folder, assignment)
    packages = dict.fromkeys(name.partition(".")[0] for name in assignment.environment.preload)
    if missing := tuple(name for name in packages if importlib.util.find_spec(name) is None):
        raise NotInstalled(missing)
    language = language or assignment.language
    with contextlib.closing(PlainHost(assignment.environment.preload)) as host:
        report = judge(
            assignment,
            files,
            host,
            seed=secrets.randbelow(2**53) if seed is None else seed,
            language=language,
            public_only=True,
            sandboxed=False,
            on_test=on_progress,
        )
    source = read_source(assignment, files, language)
    notes = (*report.notes, *differences(assignment, source, language))
    return assignment, report.model_copy(update={"notes": notes})


def _files(folder: Path, assignment: Assignment) -> dict[str, bytes]:
    """The submission, where everything else is there as well."""
    there = {"probes.py": assignment.probes.is_file(), "tests": any(assignment.tests_dir.glob("test_*.py"))}
    if missing := [name for name, found in there.items() if not found]:
        raise Incomplete(*missing)
    try:
        ast.parse(assignment.probes.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise UnusableAssignment(f"probes.py: {error}") from None
    files = read_files(folder, assignment)
    if find_submission(assignment, files) is None:
        raise Incomplete(assignment.notebook, notebook=True)
    return files
