"""`assignment.toml`: one assignment as its author describes it, and the files that lie beside it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import Field

from kafedra.course.fields import (
    Amount,
    ApiName,
    FileModel,
    FilePath,
    Identifier,
    Many,
    Points,
    ProgramName,
    Seconds,
    SeedCount,
    Slug,
    TopicNumber,
    Words,
)
from kafedra.course.libraries import imported_modules, packages_of
from kafedra.course.problems import CourseError, Problem
from kafedra.course.source import Source, read_model
from kafedra.course.text import Language, Localized

FILE_NAME = "assignment.toml"


class ForbiddenAPI(FileModel):
    """What the student must not call, and a hint. A name that ends in `.*` stands for all that is below."""

    api: ApiName
    hint: Localized | None = None


class Limits(FileModel):
    """What the student's code may use: seconds of wall time, MiB, KiB (of output), numbers of things."""

    test_seconds: Seconds = 2.0
    total_seconds: Seconds = 5.0
    load_seconds: Seconds = 5.0
    memory_mb: Amount = 512
    processes: Amount = 16
    file_mb: Amount = 16
    files: Amount = 1000
    output_kb: Amount = 64


class Environment(FileModel):
    """Where the student's code runs: modules loaded before it, the interpreter (None: ours), its threads, a GPU.

    ``programs`` are those that may be started there, by name; without any, none can be.
    """

    preload: Many[Words] = ()
    programs: Many[ProgramName] = ()
    python: Words | None = None
    threads: Amount = 1
    gpu: bool = False


def _main_file(data: dict[str, Any]) -> str:
    """What is handed in, where the file doesn't name it: a notebook with the required names, or the first file."""
    if not data.get("requires") and data.get("files"):
        return str(data["files"][0])
    return f"{data['slug']}.ipynb"


class AssignmentFile(FileModel):
    """The keys of `assignment.toml`."""

    slug: Slug = Field(description="the assignment's name in addresses, the same as its folder's")
    title: Localized = Field(description="what people call it")
    summary: Localized = Field(description="one sentence about what the student does")
    points: Points = Field(description="what it is worth at most")
    topic: TopicNumber | None = None
    requires: Many[Identifier] = Field(default=(), description="the names that the notebook must define")
    by_hand: bool = False
    language: Language | None = None
    packages: Many[Words] | None = None
    files: Many[FilePath] = ()
    extra_files: Many[FilePath] = ()
    data: Many[FilePath] = ()
    notebook: FilePath = Field(default_factory=_main_file)
    forbidden: Many[ForbiddenAPI] = ()
    limits: Limits = Limits()
    environment: Environment = Environment()
    seeds: SeedCount = 20


class Assignment(AssignmentFile):
    """An assignment and its folder, `root`; a student's clone has no notebook source, mutants, solutions.

    What is handed in are `notebook`, the file whose definitions are graded (or the first of `files`, where none are
    required), the other `files`, and those of `extra_files` that the student adds. `data` the course gives. With
    `by_hand` there are no tests: a person marks the work in review.

    What its file leaves open is filled in: the language is that of the course, the modules that are loaded beforehand
    are those which the probes and tests import, the packages those from which they and the notebook's imports come.
    """

    root: Path
    language: Language
    packages: tuple[str, ...]

    @property
    def notebook_source(self) -> Path:
        """The one source (py:percent) of both notebooks, the student's and the solution."""
        return self.root / "notebook.py"

    @property
    def is_code(self) -> bool:
        """Whether `notebook` is a notebook or a Python file, which is read cell by cell; otherwise it is any file."""
        return PurePosixPath(self.notebook).suffix in (".ipynb", ".py")

    @property
    def beside(self) -> tuple[str, ...]:
        """What has to be handed in beside `notebook`."""
        return tuple(name for name in self.files if name != self.notebook)

    @property
    def handed_in(self) -> tuple[str, ...]:
        """Every file that a student may hand in, `notebook` first."""
        return tuple(dict.fromkeys((self.notebook, *self.files, *self.extra_files)))

    @property
    def starter_dir(self) -> Path:
        """What students find in place of `files` at first, where there is something."""
        return self.root / "starter"

    @property
    def probes(self) -> Path:
        """What runs in the sandbox beside the student's code."""
        return self.root / "probes.py"

    @property
    def tests_dir(self) -> Path:
        """The folder of `test_*.py`, which the judge runs."""
        return self.root / "tests"

    def solutions(self) -> tuple[Path, ...]:
        """Correct solutions, Python files or folders of what is handed in: each must get full points."""
        return _works(self.root / "solutions")

    def mutants(self) -> tuple[Path, ...]:
        """Plausible wrong solutions: each must lose points. `read_mutant` reads their headers."""
        return _modules(self.root / "mutants")


def load_assignment(folder: Path) -> Assignment:
    """The assignment in `folder`: an author's, or a student's clone.

    Raises CourseError with every problem of its `assignment.toml`.
    """
    return read_assignment(folder, shown_from=folder)[1]


def language_of(folder: Path) -> Language | None:
    """The language of the assignment in ``folder``, also where its file has mistakes; None if there is none."""
    try:
        written = tomllib.loads((folder / FILE_NAME).read_text("utf-8-sig")).get("language")
    except OSError:
        return None
    except ValueError:
        written = None
    return written if written in ("ru", "en") else _language_of_course(folder)


def read_assignment(folder: Path, *, shown_from: Path) -> tuple[Source, Assignment]:
    """Like `load_assignment`, but problems name files relative to `shown_from`; the source comes along."""
    source, file = read_model(folder / FILE_NAME, AssignmentFile, shown_from=shown_from)
    if problems := list(_mistakes(source, file)):
        raise CourseError(problems)
    values = {name: getattr(file, name) for name in AssignmentFile.model_fields}
    values["language"] = file.language or _language_of_course(folder)
    return source, Assignment(root=folder, **values | _libraries(folder, source, file))


def _mistakes(source: Source, file: AssignmentFile) -> Iterator[Problem]:
    """What is handed in and who marks it has to fit together."""
    if not (file.requires or file.files or file.by_hand):
        message = "is required: the names that the notebook must define, or else files: what is handed in"
        yield source.problem(("requires",), None, message)
    if file.requires and (not file.notebook.endswith((".ipynb", ".py")) or "/" in file.notebook):
        message = "must be a notebook or a Python file without a folder: 'activations.ipynb', 'sorting.py'"
        yield source.problem(("notebook",), file.notebook, message)
    known = {file.notebook: "notebook"}
    for key in ("files", "extra_files", "data"):
        for place, name in enumerate(getattr(file, key)):
            main = key == "files" and place == 0 and known.get(name) == "notebook"
            if name in known and not main:
                yield source.problem((key, place), name, f"must come once, it is also in {known[name]}")
            known.setdefault(name, key)


def _libraries(folder: Path, source: Source, file: AssignmentFile) -> dict[str, object]:
    """The modules and packages that the file names, or else those that the assignment's own files import."""
    tests = sorted((folder / "tests").glob("*.py"))
    handed_in = (folder / name.split("/")[0] for name in (*file.files, *file.extra_files, file.notebook))
    own = [*folder.glob("*.py"), *tests, *handed_in]
    environment = file.environment
    if ("environment", "preload") not in source.lines:
        modules = imported_modules([folder / "probes.py", *tests], own=own)
        environment = environment.model_copy(update={"preload": modules})
    if file.packages is not None:
        return {"environment": environment, "packages": file.packages}
    modules = imported_modules([folder / "notebook.py"], own=own)
    return {"environment": environment, "packages": packages_of((*modules, *environment.preload))}


def _language_of_course(folder: Path) -> Language:
    """That of the course in whose `homework/` the folder lies; a clone that says nothing is Russian."""
    try:
        text = (folder.absolute().parents[1] / "course.toml").read_text("utf-8-sig")
        language = tomllib.loads(text).get("language")
    except (OSError, ValueError, IndexError):
        return "ru"
    return "en" if language == "en" else "ru"


def _modules(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*.py") if not path.name.startswith("_")))


def _works(folder: Path) -> tuple[Path, ...]:
    folders = (path for path in folder.glob("*") if path.is_dir() and path.name[0] not in "_.")
    return tuple(sorted((*_modules(folder), *folders)))
