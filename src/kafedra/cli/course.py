"""`kafedra course …`: what the authors of a course run."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from kafedra.course import (
    Course,
    CourseError,
    Problem,
    Run,
    announced,
    authoring_problems,
    load_course,
    unused,
)

PROBLEMS_FOUND = 1
NO_COURSE_THERE = 2


@click.group()
def course() -> None:
    """Look after the course: its plan, runs and homework."""


@course.command()
@click.option(
    "--course",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("course"),
    envvar="KAFEDRA_COURSE",
    show_default=True,
    help="The folder with course.toml.",
)
def check(folder: Path) -> None:
    """Check every file of the course: course.toml, runs, assignments, links and figures.

    Exits with 0 if all is well, 1 if there are problems, 2 if there is no course in that folder.
    """
    if not (folder / "course.toml").exists():
        click.echo(f"There is no course in {folder}: no file {folder / 'course.toml'}", err=True)
        raise SystemExit(NO_COURSE_THERE)
    console = Console(highlight=False, soft_wrap=True)
    loaded, problems = _load(folder)
    for problem in problems:
        _print_problem(console, replace(problem, file=folder / problem.file))
    if loaded is not None:
        for note in _notes(loaded):
            console.print(Text(f"note: {note}", "yellow"))
        for line in _summary(loaded):
            console.print(Text(line))
    if problems:
        console.print(Text(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", "bold red"))
        raise SystemExit(PROBLEMS_FOUND)


def _load(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    by_authors = authoring_problems(folder)
    try:
        return load_course(folder), by_authors
    except CourseError as error:
        return None, (*error.problems, *by_authors)


def _print_problem(console: Console, problem: Problem) -> None:
    parts = [Text(problem.place, "bold")]
    if problem.key:
        parts.append(Text(problem.key, "cyan"))
    parts.append(Text(problem.explanation, "red"))
    console.print(Text(": ").join(parts))


def _notes(loaded: Course) -> Iterator[str]:
    for run in loaded.runs.values():
        for work in announced(loaded, run):
            yield f"run {run.slug}: '{work.slug}' is announced, homework/{work.slug} is not written yet"
    for slug in unused(loaded):
        yield f"homework/{slug}: no run gives it out"


def _summary(loaded: Course) -> Iterator[str]:
    topics, written, runs = len(loaded.topics), len(loaded.assignments), len(loaded.runs)
    yield (
        f"{loaded.title.in_('en')}: {topics} topics, written: {len(loaded.materials)}; "
        f"assignments written: {written}; runs: {runs}"
    )
    for run in loaded.runs.values():
        yield f"run {run.slug}: {_run_summary(loaded, run)}"


def _run_summary(loaded: Course, run: Run) -> str:
    terms = run.terms()
    counted = sum((one.max_points for one in terms if not one.bonus), Decimal(0))
    bonus = sum((one.max_points for one in terms if one.bonus), Decimal(0))
    waiting = len(announced(loaded, run))
    return (
        f"{len(run.homework)} homework, {len(terms)} assignments "
        f"({len(terms) - waiting} written, {waiting} announced), {counted} counted points + {bonus} bonus"
    )
