"""`kafedra course …`: what the authors of a course run."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

from kafedra.cli import output
from kafedra.cli.options import course_folder, kind_of_values
from kafedra.course import (
    Assignment,
    Course,
    CourseError,
    Language,
    Problem,
    ProblemLog,
    Run,
    announced,
    authoring_problems,
    load_assignment,
    load_course,
    shared_titles,
    unused,
)
from kafedra.course.starters.values import Flavour
from kafedra.course.starting import FIRST, start_course, words_of

PROBLEMS_FOUND = 1
NO_COURSE_THERE = 2


@click.group()
def course() -> None:
    """Look after the course: its plan, runs and homework."""


@course.command()
@click.option("-o", "--output", "destination", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option(
    "--run", "names", multiple=True, metavar="SLUG", help="A run to write. Default: those with a public site."
)
@course_folder
def build(destination: Path, names: tuple[str, ...], folder: Path) -> None:
    """Write the course's site as files for any web host; seminars are executed as far as they have changed.

    Exits with 1 if a cell fails, each time that it does, or a link is dead; then nothing is written.
    """
    # Django is configured by what this imports, and the other commands need none.
    from kafedra.cli.site import write_site

    write_site(folder, destination, names)


@course.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the course is called. Default: the words of FOLDER.")
@click.option("--lang", type=click.Choice(["ru", "en"]), help="The language that it is taught in.")
@click.option(
    "--timezone", default="Europe/Moscow", show_default=True, help="Where a day ends, when a deadline is a date."
)
@kind_of_values
def new(folder: Path, title: str, lang: Language | None, timezone: str, kind: Flavour) -> None:
    """Begin a course in FOLDER: a topic, a run and an assignment that is proven already. Then change it into yours."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        output.fail(
            f"There is no time zone '{timezone}'. The names are those of the IANA list, such as Europe/Berlin", 2
        )
    language = lang or output.spoken_here()
    try:
        start_course(
            folder,
            title=title or words_of(folder.resolve().name),
            language=language,
            timezone=timezone,
            kind=kind,
            today=datetime.now(ZoneInfo(timezone)).date(),
        )
    except CourseError as error:
        output.fail(str(error), 2)
    named = shlex.quote(str(folder))
    click.echo(
        f"{folder} is a course with one assignment, {FIRST}; its days end by the clocks of {timezone} (course.toml)."
    )
    click.echo("See it, prove it, serve it:\n")
    click.echo(f"    kafedra course check --course {named}")
    click.echo(f"    kafedra assignment verify {FIRST} --course {named}")
    click.echo(f"    kafedra serve --course {named}")
    for role in ("instructor", "student"):
        click.echo(f"    kafedra invite --run {datetime.now(ZoneInfo(timezone)).year} --role {role} --course {named}")


@course.command()
@course_folder
@click.option("--afresh", is_flag=True, help="Look at every assignment again, unchanged ones too.")
def check(folder: Path, afresh: bool) -> None:
    """Check every file of the course: runs, topics, links, figures, formulas; build and collect every assignment.

    Exits with 0 if all is well, 1 if there are problems, 2 if there is no course in that folder.
    """
    if not (folder / "course.toml").exists():
        click.echo(f"There is no course in {folder}: no file {folder / 'course.toml'}", err=True)
        raise SystemExit(NO_COURSE_THERE)
    console = Console(highlight=False, soft_wrap=True)
    log = ProblemLog()
    loaded = log.attempt(load_course, folder)
    log.problems += authoring_problems(folder)
    log.problems += _of_texts(folder)
    log.problems += _of_exams(loaded)
    log.problems += _inspected(console, folder, known=log.problems, afresh=afresh)
    problems = log.once()
    for problem in problems:
        print_problem(console, problem.below(folder))
    if loaded is not None:
        for note in _notes(loaded):
            console.print(Text(f"note: {note}", "yellow"))
        for line in _summary(loaded):
            console.print(Text(line))
    if problems:
        console.print(Text(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}", "bold red"))
        raise SystemExit(PROBLEMS_FOUND)


@course.command()
@click.argument("run")
@click.option("--set", "settings", multiple=True, metavar="NAME=NUMBER", help="Points of an assignment, or a mark.")
@click.option("--json", "as_json", is_flag=True, help="Add a last line for programs.")
@course_folder
def grade(run: str, settings: tuple[str, ...], as_json: bool, folder: Path) -> None:
    """What the formula of RUN makes of points and marks: each step, the grade, the record book. Needs no server.

    What isn't set is 0 for an assignment or a blitz, and unknown for a mark. Exits with 2 for a name or value that
    can't be.
    """
    from kafedra.cli.marking import try_formula

    try_formula(folder, run, settings, as_json=as_json)


def _of_texts(folder: Path) -> Sequence[Problem]:
    """Formulas that can't be read, figures and numbers of chapters that nothing makes."""
    from kafedra.materials import materials_problems

    return materials_problems(folder)


def _of_exams(loaded: Course | None) -> Sequence[Problem]:
    """Rules for an exam that the formula or the bank don't bear out."""
    from kafedra.exam.checking import rule_problems

    return [] if loaded is None else list(rule_problems(loaded))


def _inspected(console: Console, folder: Path, *, known: Sequence[Problem], afresh: bool) -> list[Problem]:
    """What building and collecting the assignments shows; a file that is not there has been told of already."""
    from kafedra.grading.inspection import Memory, inspect

    absent = {problem.file for problem in known if problem.line is None and problem.value is None}
    found = list[Problem]()
    columns = SpinnerColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("")

        def named() -> Iterator[Assignment]:
            for one in _readable(folder):
                progress.update(bar, description=one.slug)
                yield one

        for one, problems in inspect(named(), memory=None if afresh else Memory()):
            found += (problem.below(one.root.relative_to(folder)) for problem in problems)
    return [problem for problem in found if problem.file not in absent]


def _readable(folder: Path) -> Iterator[Assignment]:
    """The assignments whose own file has no mistakes, whatever else of the course has."""
    for path in sorted((folder / "homework").glob("[!._]*/assignment.toml")):
        with suppress(CourseError):
            yield load_assignment(path.parent)


def print_problem(console: Console, problem: Problem) -> None:
    """As a compiler prints it."""
    parts = [Text(problem.place, "bold")]
    if problem.key:
        parts.append(Text(problem.key, "cyan"))
    parts.append(Text(problem.explanation, "red"))
    console.print(Text(": ").join(parts))


def _notes(loaded: Course) -> Iterator[str]:
    for run in loaded.runs.values():
        for work in announced(loaded, run):
            yield f"run {run.slug}: '{work.slug}' is announced, homework/{work.slug} is not written yet"
    for run, title, names in shared_titles(loaded):
        yield f"run {run.slug}: {', '.join(names)} have one title, '{title}': in tables their names stand behind it"
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
