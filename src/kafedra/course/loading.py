"""Reads a course's folder: every file, every problem of every file, and then one value."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from kafedra.course.assignment import Assignment, read_assignment
from kafedra.course.checks import (
    Surroundings,
    assignment_problems,
    course_problems,
    materials_problems,
    run_problems,
)
from kafedra.course.exam_rule import bank_problems
from kafedra.course.fields import FileModel
from kafedra.course.files import CourseFile, RunFile
from kafedra.course.memes import read_memes
from kafedra.course.problems import CourseError, Problem, ProblemLog
from kafedra.course.source import Source, read_model
from kafedra.course.tickets import read_tickets
from kafedra.course.topics.exam import ExamFile, exam_problems
from kafedra.course.topics.folder import TopicMaterials, read_topic, topic_folders
from kafedra.course.topics.reading import ReadingFile
from kafedra.course.topics.survey import SurveyFile
from kafedra.course.values import Course

M = TypeVar("M", bound=FileModel)

COURSE_FILE = "course.toml"
HOMEWORK_DIR = "homework"
RUNS_DIR = "runs"
EXAM_DIR = "exam"


def course_here() -> Path:
    """Where commands look for the course that nobody named: in ./course, or here, if this folder is one."""
    below = Path("course")
    return Path() if Path(COURSE_FILE).exists() and not (below / COURSE_FILE).exists() else below


def load_course(root: Path, *, extra_runs: Sequence[Path] = ()) -> Course:
    """The course in the folder `root`, with its `runs/*.toml` and the run files `extra_runs` from elsewhere.

    Raises CourseError with all problems of all files.
    """
    if not (root / COURSE_FILE).exists():
        message = f"there is no such file in {root.resolve()}; --course names the folder of the course"
        raise CourseError([Problem(Path(COURSE_FILE), None, "", None, message)])
    log = ProblemLog()
    read = log.attempt(read_model, root / COURSE_FILE, CourseFile, shown_from=root)
    file = None if read is None else read[1]
    if read is not None:
        log.problems += course_problems(*read)
    folders = _assignment_folders(root)
    found = _read_assignments(root, folders, log)
    around = _surroundings(file, folders, found)
    for source, assignment in found:
        log.problems += assignment_problems(source, assignment, around)
    runs = _read_runs(root, extra_runs, around, log)
    materials = [
        one for one in (log.attempt(read_topic, folder, shown_from=root) for folder in topic_folders(root)) if one
    ]
    if read is not None:
        log.problems += materials_problems(read[0], read[1].topics, materials)
    exam = _read_exam(root, materials, log)
    tickets = read_tickets(root, around.topics, log)
    reading = log.attempt(_optional, root / "reading.toml", ReadingFile, root)
    survey = log.attempt(_optional, root / "survey.toml", SurveyFile, root)
    memes = log.attempt(read_memes, root)
    log.raise_if_any()
    assert file is not None  # or its problems would have been raised
    return Course(
        root=root,
        slug=file.slug,
        title=file.title,
        language=file.language,
        timezone=ZoneInfo(file.timezone),
        late=file.late.policy(),
        formula=file.formula.policy(),
        topics=file.topics,
        assignments=around.assignments,
        runs={run.slug: run.resolve(around.zone, around.assignments, file) for run in runs},
        materials={one.number: one for one in materials},
        reading=reading.entries if reading else (),
        survey=survey,
        memes=memes or (),
        exam=exam,
        tickets=tickets,
    )


def _read_exam(root: Path, topics: Sequence[TopicMaterials], log: ProblemLog) -> tuple[ExamFile, ...]:
    """What the bank has beside that of the topics; names must differ in all of it."""
    own = list[tuple[Source, ExamFile]]()
    for path in sorted((root / EXAM_DIR).glob("*.toml")):
        if read := log.attempt(read_model, path, ExamFile, shown_from=root):
            log.problems += exam_problems(*read)
            own.append(read)
    files = [((one.root / "exam.toml").relative_to(root), one.exam) for one in topics]
    log.problems += bank_problems([*files, *((source.shown, file) for source, file in own)])
    return tuple(file for _, file in own)


def _optional(path: Path, model: type[M], root: Path) -> M | None:
    return read_model(path, model, shown_from=root)[1] if path.exists() else None


def _surroundings(
    file: CourseFile | None, folders: Collection[Path], found: Sequence[tuple[Source, Assignment]]
) -> Surroundings:
    assignments = {assignment.root.name: assignment for _, assignment in found}
    broken = {folder.name for folder in folders} - set(assignments)
    if file is None:
        return Surroundings(assignments, broken)
    return Surroundings(
        assignments,
        broken,
        topics=range(1, len(file.topics) + 1),  # the numbers they should have, so that one slip stays one
        default=file,
        zone=ZoneInfo(file.timezone),
    )


def _assignment_folders(root: Path) -> list[Path]:
    """The folders in homework/ with something in them; an empty one is what another branch left behind."""
    folders = sorted(path for path in (root / HOMEWORK_DIR).glob("*") if path.is_dir())
    return [
        folder for folder in folders if not _ignored(folder) and any(not _ignored(path) for path in folder.iterdir())
    ]


def _ignored(path: Path) -> bool:
    return path.name.startswith((".", "_"))


def _read_assignments(root: Path, folders: Sequence[Path], log: ProblemLog) -> list[tuple[Source, Assignment]]:
    read = [log.attempt(read_assignment, folder, shown_from=root) for folder in folders]
    return [one for one in read if one is not None]


def _read_runs(root: Path, extra_runs: Sequence[Path], around: Surroundings, log: ProblemLog) -> list[RunFile]:
    own = sorted((root / RUNS_DIR).glob("*.toml"))
    runs: dict[str, RunFile] = {}
    for path in (*own, *extra_runs):
        read = log.attempt(read_model, path, RunFile, shown_from=root)
        if read is None:
            continue
        source, run = read
        log.problems += run_problems(source, run, around)
        if path in own and run.slug != path.stem:
            log.problems.append(source.problem(("slug",), run.slug, f"must be the name of its file, '{path.stem}'"))
        if run.slug in runs:
            log.problems.append(source.problem(("slug",), run.slug, "must not be the slug of another run"))
        runs[run.slug] = run
    return list(runs.values())
