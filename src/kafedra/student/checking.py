"""``kafedra check``: the public tests of the assignment in this folder, on the student's own machine."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import itertools
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, Language, load_assignment
from kafedra.grading import messages
from kafedra.grading.faults import UnusableAssignment
from kafedra.grading.files import read_files
from kafedra.grading.judge.source import find_submission, read_source
from kafedra.grading.judge.verdict import Job, judge
from kafedra.grading.report import Outcome, Report, TestReport
from kafedra.notebooks.edges import defined_at_the_edge
from kafedra.student.differences import differences
from kafedra.student.freshness import Told
from kafedra.student.given import statement
from kafedra.student.plain_host import PlainHost

_PLACES: Final = ("*.ipynb", "*.py", "*/*.ipynb", "*/*.py")
_GIVEN: Final = frozenset({"probes.py", "conftest.py"})
_MOST_PATHS: Final = 1000
_MOST_NAMED: Final = 5


class Incomplete(Exception):
    """The clone lacks what came with it. ``names`` are the files or folders, ``notebook`` says that one is the work.

    ``elsewhere`` are files that may be it.
    """

    def __init__(self, *names: str, notebook: bool = False, elsewhere: Sequence[str] = ()) -> None:
        super().__init__(", ".join(names))
        self.names = names
        self.notebook = notebook
        self.elsewhere = elsewhere


class NotInstalled(Exception):
    """Packages that the assignment needs are not installed here. ``names`` are the modules that were looked for."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class NoPrograms(Exception):
    """Programs that the assignment starts are not installed here. ``names`` are theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def check(
    folder: Path,
    *,
    seed: int | None = None,
    language: Language | None = None,
    told: Callable[[], Told | None] = lambda: None,
    on_progress: Callable[[TestReport], None] = lambda _: None,
) -> tuple[Assignment, Report]:
    """Run the public tests against the notebook in ``folder``, a clone of the student's repository.

    ``language`` None: that of the assignment. ``told`` asks for what the server says it grades with.
    Raises :class:`~kafedra.course.CourseError` where there is no assignment, :class:`Incomplete` where a part of it is
    missing, :class:`NotInstalled`, :class:`NoPrograms`, and :class:`~kafedra.grading.GradingError` where the tests
    can't be run.
    """
    assignment = load_assignment(folder)
    files = _files(folder, assignment)
    packages = dict.fromkeys(name.partition(".")[0] for name in assignment.environment.preload)
    if missing := tuple(name for name in packages if importlib.util.find_spec(name) is None):
        raise NotInstalled(missing)
    if absent := tuple(name for name in assignment.environment.programs if shutil.which(name) is None):
        raise NoPrograms(absent)
    language = language or assignment.language
    with contextlib.closing(PlainHost(assignment.environment.preload)) as host:
        job = Job(
            files,
            host,
            secrets.randbelow(2**53) if seed is None else seed,
            language=language,
            public_only=True,
            sandboxed=False,
            on_test=on_progress,
            statement=statement(folder, assignment.notebook) if assignment.notebook.endswith(".ipynb") else (),
        )
        report = judge(assignment, job)
    source = read_source(assignment, files, language)
    notes = [*report.notes, *differences(assignment, source, language, told())]
    if any(test.outcome is Outcome.MISSING for test in report.tests) and (others := _elsewhere(folder, assignment)):
        key = "elsewhere" if assignment.notebook.endswith(".ipynb") else "elsewhere_than_file"
        notes.append(messages.text(key, language, notebook=assignment.notebook, files=", ".join(others)))
    return assignment, report.model_copy(update={"notes": tuple(notes)})


def _files(folder: Path, assignment: Assignment) -> dict[str, bytes]:
    """The submission, where everything else is there as well."""
    there = {name: (assignment.root / name).is_file() for name in assignment.data}
    if not assignment.by_hand:
        there |= {"probes.py": assignment.probes.is_file(), "tests": any(assignment.tests_dir.glob("test_*.py"))}
    if missing := [name for name, found in there.items() if not found]:
        raise Incomplete(*missing)
    try:
        ast.parse(b"" if assignment.by_hand else assignment.probes.read_bytes())
    except (SyntaxError, ValueError) as error:
        raise UnusableAssignment(f"probes.py: {error}") from None
    if not assignment.is_code and not (folder / assignment.notebook).is_file():
        raise Incomplete(assignment.notebook, notebook=True)
    files = read_files(folder, assignment)
    if find_submission(assignment, files) is None:
        raise Incomplete(assignment.notebook, notebook=True, elsewhere=_elsewhere(folder, assignment))
    return files


def _elsewhere(folder: Path, assignment: Assignment) -> list[str]:
    """Notebooks, and modules that define what the assignment asks for, beside the one that is graded and below."""
    paths = itertools.islice((path for shape in _PLACES for path in folder.glob(shape)), _MOST_PATHS)
    own = [path for path in paths if path.is_file() and not path.name.startswith(".")]
    found = []
    for path in own:
        name = path.relative_to(folder).as_posix()
        if name in _GIVEN or name.startswith(("tests/", ".")) or name in (*assignment.handed_in, *assignment.data):
            continue
        if path.suffix.lower() == ".ipynb" or _defines(path, assignment):
            found.append(name)
    return sorted(found)[:_MOST_NAMED]


def _defines(path: Path, assignment: Assignment) -> bool:
    try:
        return not defined_at_the_edge(path.read_text("utf-8", errors="replace")).isdisjoint(assignment.requires)
    except OSError:
        return False
