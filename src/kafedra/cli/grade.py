"""``kafedra grade``: what the server does with a push, at your own hands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from kafedra.cli import output
from kafedra.cli.options import course_folder
from kafedra.course import Assignment, CourseError, Language, load_assignment
from kafedra.grading import Grader, GradingError, NoGpu, Report, SandboxUnavailable
from kafedra.grading.files import UnusablePath, read_files
from kafedra.grading.judge.source import find_submission
from kafedra.notebooks import UnusableSubmission, read_submission

_UNUSABLE: Final = 2
_OUR_FAULT: Final = 3


@click.command()
@click.argument("assignment")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--seed", type=click.IntRange(min=0), help="Repeat a run: the seed that its report names.")
@click.option("--repeat", type=click.IntRange(min=2, max=1000), help="Run so many seeds; name the tests that vary.")
@course_folder
@click.option("--lang", type=click.Choice(["ru", "en"]), help="Default: the language of the course.")
@click.option("--reveal", is_flag=True, help="Show what hidden tests say. For authors.")
def grade(
    assignment: str,
    path: Path,
    as_json: bool,
    seed: int | None,
    repeat: int | None,
    folder: Path,
    lang: Language | None,
    reveal: bool,
) -> None:
    """Grade PATH (a notebook, a .py file, or a folder like a student's clone) as a submission to ASSIGNMENT.

    With --repeat the seeds are SEED, SEED+1 … (SEED is 0 unless given); a test whose outcome varies with them is named.

    Exits with 0 whenever a report was made, whatever the points; 2 for input that can't be graded; 3 for a fault of
    ours, a missing sandbox among them.
    """
    loaded = _load(folder, assignment)
    lang = lang or loaded.language
    files = _readable_files(path, loaded, lang)
    if repeat is not None:
        seeds = range(seed or 0, (seed or 0) + repeat)
        output.print_repetition(loaded, _reports(loaded, files, seeds, lang, reveal), lang, as_json=as_json)
        return
    [report] = _reports(loaded, files, [seed], lang, reveal)
    if as_json:
        click.echo(report.model_dump_json(indent=2))
    else:
        output.print_report(loaded, report, lang)


def _load(course: Path, slug: str) -> Assignment:
    root = course / "homework" / slug
    if not root.is_dir():
        written = sorted(entry.parent.name for entry in (course / "homework").glob("*/assignment.toml"))
        output.fail(
            f"There is no assignment '{slug}' in {course}. There are: {', '.join(written) or 'none'}", _UNUSABLE
        )
    try:
        return load_assignment(root)
    except CourseError as error:
        output.fail(str(error), _UNUSABLE)


def _readable_files(path: Path, assignment: Assignment, language: Language) -> dict[str, bytes]:
    try:
        files = read_files(path, assignment)
        name = find_submission(assignment, files)
        if name is None:
            found = ", ".join(sorted(files))
            output.fail(f"{path}: which file is the submission, {found}? Name it {assignment.notebook}", _UNUSABLE)
        if assignment.is_code:
            read_submission(name, files[name])
    except UnusablePath as error:
        output.fail(str(error), _UNUSABLE)
    except UnusableSubmission as error:
        output.fail(error.message(language), _UNUSABLE)
    return files


def _reports(
    assignment: Assignment, files: dict[str, bytes], seeds: Iterable[int | None], lang: Language, reveal: bool
) -> list[Report]:
    """One report for each seed; None draws one."""
    try:
        with Grader(assignment.environment) as grader:
            return [grader.grade(assignment, files, seed=seed, language=lang, reveal=reveal) for seed in seeds]
    except SandboxUnavailable as error:
        output.fail(f"The sandbox is not available, and nothing is graded without it:\n{error}", _OUR_FAULT)
    except NoGpu as error:
        output.fail(f"Not here: {error}", _OUR_FAULT)
    except GradingError as error:
        output.fail(f"Grading failed, and the fault is ours:\n{error}", _OUR_FAULT)
