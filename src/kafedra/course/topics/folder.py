"""One topic's folder, read whole: every problem of every file, and then one value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kafedra.course.fields import FileModel
from kafedra.course.problems import CourseError, Problem, ProblemLog
from kafedra.course.source import Source, read_model
from kafedra.course.topics.blitz import BlitzFile, Question, blitz_problems
from kafedra.course.topics.exam import ExamFile, exam_problems
from kafedra.course.topics.reading import ReadingEntry, ReadingFile
from kafedra.course.topics.survey import SurveyFile
from kafedra.course.topics.topic_file import Figure, HarderFile, HarderProblem, TopicFile, topic_problems

TOPICS_DIR = "topics"
FILE_NAME = "topic.toml"
_NAMED = re.compile(r"(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")

M = TypeVar("M", bound=FileModel)


@dataclass(frozen=True)
class TopicMaterials:
    """What is written of a topic, in the folder `root`. `survey` is what it adds to the course's own."""

    root: Path
    number: int
    slug: str
    about: TopicFile
    blitz: tuple[Question, ...]
    exam: ExamFile
    reading: tuple[ReadingEntry, ...]
    harder: tuple[HarderProblem, ...]
    survey: SurveyFile | None

    @property
    def lecture(self) -> Path:
        """The chapter, Markdown."""
        return self.root / "lecture.md"

    @property
    def seminar(self) -> Path:
        """The one source (py:percent) of both notebooks, the student's and the solved."""
        return self.root / "seminar.py"

    @property
    def pictures(self) -> Path:
        """The figures of the chapter by code; need not be there."""
        return self.root / "pictures.py"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What the seminar promises."""
        return self.about.figures

    def question(self, slug: str) -> Question:
        """The question of the blitz with this name. Raises KeyError."""
        return BlitzFile(questions=self.blitz).question(slug)


def topic_folders(root: Path) -> tuple[Path, ...]:
    """The folders in topics/ of the course in `root` that have something in them."""
    folders = sorted(path for path in (root / TOPICS_DIR).glob("[!._]*") if path.is_dir())
    return tuple(folder for folder in folders if any(not one.name.startswith((".", "_")) for one in folder.iterdir()))


def load_topic(folder: Path) -> TopicMaterials:
    """The topic in `folder`. Raises CourseError with every problem of its files."""
    return read_topic(folder, shown_from=folder)


def read_topic(folder: Path, *, shown_from: Path) -> TopicMaterials:
    """Like `load_topic`, but problems name files relative to `shown_from`."""
    named = _NAMED.fullmatch(folder.name)
    shown = folder.relative_to(shown_from) if folder != shown_from else Path(folder.name)
    if named is None:
        message = "must be called by the topic's number in two digits and its slug, such as '01-backprop'"
        raise CourseError([Problem(shown, None, "", folder.name, message)])
    log, number = ProblemLog(), int(named[1])
    about = log.attempt(read_model, folder / FILE_NAME, TopicFile, shown_from=shown_from)
    blitz = log.attempt(read_model, folder / "blitz.toml", BlitzFile, shown_from=shown_from)
    exam = log.attempt(read_model, folder / "exam.toml", ExamFile, shown_from=shown_from)
    reading = log.attempt(read_model, folder / "reading.toml", ReadingFile, shown_from=shown_from)
    harder = log.attempt(_optional, folder / "harder.toml", HarderFile, shown_from)
    survey = log.attempt(_optional, folder / "survey.toml", SurveyFile, shown_from)
    log.problems += _across(about, blitz, exam, harder, number)
    log.problems += _missing(folder, shown_from)
    log.raise_if_any()
    assert about is not None  # or their problems would have been raised
    assert blitz is not None
    assert exam is not None
    assert reading is not None
    return TopicMaterials(
        root=folder,
        number=number,
        slug=named[2],
        about=about[1],
        blitz=blitz[1].questions,
        exam=exam[1],
        reading=reading[1].entries,
        harder=harder[1].problems if harder else (),
        survey=survey[1] if survey else None,
    )


def _optional(path: Path, model: type[M], shown_from: Path) -> tuple[Source, M] | None:
    return read_model(path, model, shown_from=shown_from) if path.exists() else None


def _across(
    about: tuple[Source, TopicFile] | None,
    blitz: tuple[Source, BlitzFile] | None,
    exam: tuple[Source, ExamFile] | None,
    harder: tuple[Source, HarderFile] | None,
    number: int,
) -> Iterator[Problem]:
    """Problems between keys and between files, of those that could be read."""
    if about:
        yield from topic_problems(*about, number)
    if blitz:
        known = frozenset(one.slug for one in about[1].misconceptions) if about else None
        yield from blitz_problems(*blitz, known)
        yield from _twice(blitz[0], "questions", [one.slug for one in blitz[1].questions])
    if about and blitz:
        yield from _unmet(about, blitz[1])
    if exam:
        yield from exam_problems(*exam)
    if harder:
        yield from _twice(harder[0], "problems", [one.slug for one in harder[1].problems])


def _unmet(about: tuple[Source, TopicFile], blitz: BlitzFile) -> Iterator[Problem]:
    met = {option.misconception for question in blitz.questions for option in question.options}
    met |= {mistake.misconception for question in blitz.questions for mistake in question.mistakes}
    for index, misconception in enumerate(about[1].misconceptions):
        if misconception.slug not in met:
            message = "must be met by the blitz: an option or a mistake names it as its misconception"
            yield about[0].problem(("misconceptions", index, "slug"), misconception.slug, message)


def _twice(source: Source, table: str, names: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"must come once, it is also that of {table}[{names.index(name)}]"
            yield source.problem((table, index, "slug"), name, message)


def _missing(folder: Path, shown_from: Path) -> Iterator[Problem]:
    for name, purpose in (("lecture.md", "the chapter"), ("seminar.py", "the source of the seminar's notebooks")):
        if not (folder / name).is_file():
            yield Problem((folder / name).relative_to(shown_from), None, "", None, f"there is no such file: {purpose}")
