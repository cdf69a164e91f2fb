"""`assignment.toml`: one assignment as its author describes it, and the files that lie beside it."""

import tomllib
from pathlib import Path

from pydantic import Field

from kafedra.course.fields import (
    Amount,
    ApiName,
    FileModel,
    Identifier,
    Many,
    NotebookName,
    Points,
    Seconds,
    SeedCount,
    Slug,
    TopicNumber,
    Words,
)
from kafedra.course.libraries import imported_modules, packages_of
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
    """Where the student's code runs: modules loaded before it, the interpreter (None: ours), its threads, a GPU."""

    preload: Many[Words] = ()
    python: Words | None = None
    threads: Amount = 1
    gpu: bool = False


class AssignmentFile(FileModel):
    """The keys of `assignment.toml`."""

    slug: Slug = Field(description="the assignment's name in addresses, the same as its folder's")
    title: Localized = Field(description="what people call it")
    summary: Localized = Field(description="one sentence about what the student does")
    points: Points = Field(description="what it is worth at most")
    topic: TopicNumber | None = None
    requires: Many[Identifier] = Field(min_length=1, description="the names that the notebook must define")
    language: Language | None = None
    packages: Many[Words] | None = None
    notebook: NotebookName = Field(default_factory=lambda data: f"{data['slug']}.ipynb")
    forbidden: Many[ForbiddenAPI] = ()
    limits: Limits = Limits()
    environment: Environment = Environment()
    seeds: SeedCount = 20


class Assignment(AssignmentFile):
    """An assignment and its folder, `root`; a student's clone has no notebook source, mutants, solutions.

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
    def probes(self) -> Path:
        """What runs in the sandbox beside the student's code."""
        return self.root / "probes.py"

    @property
    def tests_dir(self) -> Path:
        """The folder of `test_*.py`, which the judge runs."""
        return self.root / "tests"

    def solutions(self) -> tuple[Path, ...]:
        """Correct solutions: each must get full points."""
        return _modules(self.root / "solutions")

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
    values = {name: getattr(file, name) for name in AssignmentFile.model_fields}
    values["language"] = file.language or _language_of_course(folder)
    return source, Assignment(root=folder, **values | _libraries(folder, source, file))


def _libraries(folder: Path, source: Source, file: AssignmentFile) -> dict[str, object]:
    """The modules and packages that the file names, or else those that the assignment's own files import."""
    tests = sorted((folder / "tests").glob("*.py"))
    own = [*folder.glob("*.py"), *tests]
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
