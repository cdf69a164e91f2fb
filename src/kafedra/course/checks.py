"""What a file can't know of itself: that numbers follow each other, files agree, a grade is possible."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from decimal import Decimal
from pathlib import Path

from kafedra.course.assignment import Assignment
from kafedra.course.exam_rule import exam_rule_problems
from kafedra.course.files import CourseFile, HomeworkEntry, RunFile
from kafedra.course.formula_checks import formula_problems
from kafedra.course.lines import KeyPath
from kafedra.course.problems import Problem
from kafedra.course.source import Source, dotted
from kafedra.course.topics.folder import TopicMaterials
from kafedra.course.values import NO_PENALTY, Topic
from kafedra.policy import scale_of


@dataclass(frozen=True)
class Surroundings:
    """What is known of the course while one of its files is checked; None where course.toml is broken."""

    assignments: Mapping[str, Assignment]
    broken: Collection[str]  # folders whose assignment.toml has problems of its own
    topics: Collection[int] | None = None
    default: CourseFile | None = None  # whose late penalty and formula count where a run has none
    zone: tzinfo = UTC


def course_problems(source: Source, course: CourseFile) -> Iterator[Problem]:
    """Topics are numbered 1, 2, 3… and have different slugs."""
    yield from _numbered(source, "topics", "topic", [topic.number for topic in course.topics])
    slugs = [(("topics", index, "slug"), topic.slug) for index, topic in enumerate(course.topics)]
    yield from _repeated(source, slugs)


def assignment_problems(source: Source, assignment: Assignment, around: Surroundings) -> Iterator[Problem]:
    """The folder has the assignment's name and all the files it needs; its topic is one of the course's."""
    if assignment.slug != assignment.root.name:
        message = f"must be the name of its folder, '{assignment.root.name}'"
        yield source.problem(("slug",), assignment.slug, message)
    if around.topics is not None and assignment.topic is not None and assignment.topic not in around.topics:
        yield source.problem(("topic",), assignment.topic, _known_topics(around.topics))
    names = [(("requires", index), name) for index, name in enumerate(assignment.requires)]
    yield from _repeated(source, names)
    yield from _missing_files(source.shown.parent, assignment)


def materials_problems(source: Source, topics: Sequence[Topic], written: Iterable[TopicMaterials]) -> Iterator[Problem]:
    """Each topic's folder has a number and a slug of `course.toml`."""
    known = {topic.number: topic.slug for topic in topics}
    for materials in written:
        folder = materials.root.relative_to(materials.root.parent.parent)
        if known.get(materials.number) != materials.slug:
            listed = ", ".join(f"{number:02d}-{slug}" for number, slug in known.items())
            message = f"must be called as a topic of {source.shown}: {listed}"
            yield Problem(folder, None, "", folder.name, message)


def run_problems(source: Source, run: RunFile, around: Surroundings) -> Iterator[Problem]:
    """The plan and the homework of `run` agree with the course, the assignments and the calendar."""
    yield from _plan_problems(source, run, around)
    yield from _numbered(source, "homework", "homework", [entry.number for entry in run.homework])
    for index, entry in enumerate(run.homework):
        yield from _homework_problems(source, run, index, entry, around)
    yield from _shared_assignments(source, run)
    yield from _outside_the_run(source, run)
    yield from exam_rule_problems(source, run.exam, around.topics)
    if around.default is not None:
        yield from formula_problems(source, run, around.default)


def _plan_problems(source: Source, run: RunFile, around: Surroundings) -> Iterator[Problem]:
    previous: date | None = None
    for index, entry in enumerate(run.plan):
        unknown = [] if around.topics is None else [one for one in entry.topic if one not in around.topics]
        for number in unknown:
            yield source.problem(("plan", index, "topic"), number, _known_topics(around.topics or ()))
        if entry.date and previous and entry.date < previous:
            message = f"must not be before the class above it, {previous}"
            yield source.problem(("plan", index, "date"), entry.date, message)
        previous = entry.date or previous


def _homework_problems(
    source: Source, run: RunFile, index: int, entry: HomeworkEntry, around: Surroundings
) -> Iterator[Problem]:
    deadline = run.deadline_of(entry, around.zone)
    if deadline and entry.issued and deadline.date() < entry.issued:
        message = f"must not be before the day of issue, {entry.issued}"
        yield source.problem(("homework", index, "deadline"), entry.deadline, message)
    yield from _early_solutions(source, run, index, entry, around)
    for place, work in enumerate(entry.assignments):
        key: KeyPath = ("homework", index, "assignments", place)
        assignment = around.assignments.get(work.slug)
        if assignment and not is_finite(work.points, assignment.points):
            message = (
                f"must be a finite decimal of the {assignment.points} of homework/{work.slug}/assignment.toml: "
                "a third of them, say, could not be written down exactly"
            )
            yield source.problem((*key, "points"), work.points, message)
        if not assignment and not work.title and work.slug not in around.broken:
            message = f"is required while there is no homework/{work.slug}/assignment.toml to take it from"
            yield source.problem((*key, "title"), None, message)


def is_finite(points: Decimal, judge_points: Decimal) -> bool:
    """Whether `points` for `judge_points` of the judge's are so many for each of them, exactly."""
    try:
        scale_of(points, judge_points)
    except ValueError:
        return False
    return True


def _early_solutions(
    source: Source, run: RunFile, index: int, entry: HomeworkEntry, around: Surroundings
) -> Iterator[Problem]:
    deadline = run.deadline_of(entry, around.zone)
    if entry.solutions is None or deadline is None:
        return
    solutions = run.solutions_of(entry, around.zone, NO_PENALTY)  # what is written out doesn't depend on it
    if solutions is not None and solutions < deadline:
        message = (
            f"must not be before the deadline, {deadline:%Y-%m-%d %H:%M:%S}; a date means the beginning of that day"
        )
        yield source.problem(("homework", index, "solutions"), entry.solutions, message)


def _shared_assignments(source: Source, run: RunFile) -> Iterator[Problem]:
    works: list[tuple[KeyPath, str]] = [
        (("homework", index, "assignments", place, "slug"), work.slug)
        for index, entry in enumerate(run.homework)
        for place, work in enumerate(entry.assignments)
    ]
    yield from _repeated(source, works)


def _outside_the_run(source: Source, run: RunFile) -> Iterator[Problem]:
    if run.starts and run.ends and run.ends < run.starts:
        yield source.problem(("ends",), run.ends, f"must not be before the start, {run.starts}")
        return
    days: list[tuple[KeyPath, date | None]] = [
        *((("plan", index, "date"), entry.date) for index, entry in enumerate(run.plan)),
        *((("homework", index, "issued"), entry.issued) for index, entry in enumerate(run.homework)),
    ]
    for key, day in days:
        if day and run.starts and day < run.starts:
            yield source.problem(key, day, f"must not be before the run starts, {run.starts}")
        if day and run.ends and day > run.ends:
            yield source.problem(key, day, f"must not be after the run ends, {run.ends}")


def _missing_files(folder: Path, assignment: Assignment) -> Iterator[Problem]:
    needed = {assignment.notebook_source: "the source of the notebook"}
    if not assignment.by_hand:
        needed[assignment.probes] = "what runs beside the student's code"
    for path, purpose in needed.items():
        if not path.is_file():
            yield Problem(folder / path.name, None, "", None, f"there is no such file: {purpose}")
    tests = any(assignment.tests_dir.glob("test_*.py"))
    if assignment.by_hand and tests:
        message = "has tests, and assignment.toml says by_hand: a person marks the work, and no test does"
        yield Problem(folder / "tests", None, "", None, message)
    if not assignment.by_hand and not tests:
        yield Problem(folder / "tests", None, "", None, "there is no test_*.py: what the judge runs")


def _numbered(source: Source, table: str, word: str, numbers: Sequence[int]) -> Iterator[Problem]:
    for index, number in enumerate(numbers):
        if number != index + 1:
            message = f"must be {index + 1}: each {word} has the number after the one above it, from 1"
            yield source.problem((table, index, "number"), number, message)
            return  # the rest would only repeat it


def _repeated(source: Source, names: Iterable[tuple[KeyPath, str]]) -> Iterator[Problem]:
    first: dict[str, KeyPath] = {}
    for key, name in names:
        if name in first:
            yield source.problem(key, name, f"must come once, it is also {dotted(first[name])}")
        first.setdefault(name, key)


def _known_topics(topics: Collection[int]) -> str:
    return f"must be the number of a topic in course.toml, from {min(topics)} to {max(topics)}"
