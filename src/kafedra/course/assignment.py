"""`assignment.toml`: one assignment as its author describes it, and the files that lie beside it."""

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
from kafedra.course.source import Source, read_model
from kafedra.course.text import Localized

FILE_NAME = "assignment.toml"


class ForbiddenAPI(FileModel):
    """What the student must not call, and a hint. A name that ends in `.*` stands for all that is below."""

    api: ApiName
    hint: str = ""


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

    preload: Many[Words] = ("torch",)
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
    notebook: NotebookName = Field(default_factory=lambda data: f"{data['slug']}.ipynb")
    forbidden: Many[ForbiddenAPI] = ()
    limits: Limits = Limits()
    environment: Environment = Environment()
    seeds: SeedCount = 20


class Assignment(AssignmentFile):
    """An assignment and its folder, `root`; a student's clone has no notebook source, mutants, solutions."""

    root: Path

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


def read_assignment(folder: Path, *, shown_from: Path) -> tuple[Source, Assignment]:
    """Like `load_assignment`, but problems name files relative to `shown_from`; the source comes along."""
    source, file = read_model(folder / FILE_NAME, AssignmentFile, shown_from=shown_from)
    values = {name: getattr(file, name) for name in AssignmentFile.model_fields}
    return source, Assignment(root=folder, **values)


def _modules(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*.py") if not path.name.startswith("_")))
