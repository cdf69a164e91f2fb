"""``kafedra assignment …``: what the author of an assignment runs."""

from __future__ import annotations

import contextlib
import shlex
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kafedra.cli import output
from kafedra.cli.options import course_folder, course_option, data_option, kind_of_work
from kafedra.cli.proof import Proof, write_page
from kafedra.cli.sentences import print_sentences
from kafedra.cli.trying import first_words, work_files
from kafedra.course import Assignment, CourseError, Language, course_here, load_assignment, load_course
from kafedra.course.starters.values import Flavour, Shape
from kafedra.course.starting import start_assignment, words_of
from kafedra.grading import Grader, GradingError, NoGpu
from kafedra.grading.verification import Kind, Verification, WorkFinding, verify, work_count
from kafedra.notebooks import build_solution_notebook, build_student_version

_UNPROVEN: Final = 1
_UNUSABLE: Final = 2
_OUR_FAULT: Final = 3

_all = click.option("--all", "everything", is_flag=True, help="Every assignment of the course.")


@click.group()
def assignment() -> None:
    """Build an assignment, or prove that its tests are fair."""


@assignment.command()
@click.argument("slug")
@click.option("--title", default="", help="What people call it. Default: the words of SLUG.")
@kind_of_work
@course_folder
def new(slug: str, title: str, kind: Flavour | Shape, folder: Path) -> None:
    """Make the assignment SLUG with everything in place, proven already: change it into yours, step by step."""
    title = title or words_of(slug)
    try:
        written = load_course(folder)
        start_assignment(folder, slug, title=title, language=written.language, kind=kind)
        one = load_assignment(folder / "homework" / slug)
    except CourseError as error:
        output.fail(str(error), _UNUSABLE)
    begin = "solutions/, then tests/, mutants/ and the statement, notebook.py"
    begin = "the statement, notebook.py, then review.md, by which it is marked" if one.by_hand else begin
    click.echo(f"{folder / 'homework' / slug}: begin with {begin}.")
    where = "" if folder == course_here() else f" --course {shlex.quote(str(folder))}"
    click.echo(f"See that it holds: kafedra assignment verify {slug}{where}")
    if not one.by_hand:
        click.echo(
            "It is a whole example: yours takes its place, with ten mutants at last; --draft proves what is there."
        )
    click.echo()
    run = next(iter(written.runs), "RUN")
    click.echo(f"Students get it once it stands in a run, in {folder / 'runs' / run}.toml, below its [[homework]]:\n")
    click.echo(f'    [[homework.assignments]]\n    slug = "{slug}"\n    points = {one.points}')


@assignment.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_all
@course_folder
@click.option(
    "-o",
    "--output",
    "destination",
    type=click.Path(path_type=Path),
    help="Where to write what the student clones (new or empty); with --all, NAME/ in it. The notebook with the "
    "answers goes beside it, into the folder of that name with -solution. [default: build/NAME]",
)
def build(names: tuple[str, ...], everything: bool, folder: Path, destination: Path | None) -> None:
    """Write what a student clones, and the notebook with the answers."""
    chosen = _chosen(folder, names, everything)
    if destination is None or len(chosen) > 1 or everything:
        places = [(destination or Path("build")) / one.slug for one in chosen]
    else:
        places = [destination]
    for one, student in zip(chosen, places, strict=True):
        solution = student.with_name(f"{student.name}-solution")
        try:
            build_student_version(one, student)
            build_solution_notebook(one, solution / one.notebook)
        except CourseError as error:
            output.fail("\n".join(str(problem.below(one.root)) for problem in error.problems), _UNUSABLE)
        answers = f", {solution} for you" if any(solution.iterdir()) else ""  # an essay has none
        click.echo(f"{one.slug}: {student} for the student{answers}")


@assignment.command()
@click.argument("name")
@click.option("--run", required=True, help="The run whose students get it.")
@click.option("--note", default="", help="What has changed, for students; stands in every clone.")
@click.option("--dry-run", is_flag=True, help="Only show what would change for whom, and whose points would move.")
@course_option
@data_option
def publish(name: str, run: str, note: str, dry_run: bool, course: Path | None, data: Path | None) -> None:
    """Bring the assignment NAME, as its files are now, to those who have accepted it before.

    Each of them is told; their next `git pull` has it as a commit of the course. Notebooks are not touched, and
    nobody's points move: `kafedra regrade` does that. --dry-run shows whose it would move: it grades what counts.
    """
    if not dry_run and not note.strip():
        raise click.UsageError("--note is needed: it tells students what has changed and whom it concerns")
    # Django is loaded for this command alone: whoever writes tests should not wait for it.
    from kafedra.cli.operating import require_data, told_plainly
    from kafedra.web.serving.preparation import configure

    require_data(data)
    configure({"course": course, "data": data})
    from kafedra.cli.regrade import show_moves
    from kafedra.web.serving import regrading, updates

    with told_plainly():
        try:
            screen = Console(highlight=False)
            for line in updates.preview(run=run, assignment=name):
                screen.print(Text(line))
            if dry_run:
                screen.print(Text(f"What kafedra regrade {name} --run {run} would move:"))
                show_moves(assignment=name, run=run)
                return
            updates.publish(run=run, assignment=name, note=note)
            click.echo("published: git pull has it from now on")
            click.echo("a server that was started before the files changed grades by them after a restart")
        except (updates.Unusable, regrading.Unusable) as error:
            raise click.ClickException(str(error)) from None


@assignment.command(name="try")
@click.argument("name")
@click.argument("work", required=False)
@course_folder
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="What the tests draw from.")
@click.option("--lang", type=click.Choice(["ru", "en"]), help="Default: the language of the course.")
@click.option("--reveal", is_flag=True, help="Show what hidden tests say, too.")
def try_command(name: str, work: str | None, folder: Path, seed: int, lang: Language | None, reveal: bool) -> None:
    """See the assignment NAME as a student does: what is said of WORK, a mutant, a solution or a file.

    Without WORK: of each mutant the first thing that its author would read.
    """
    [one] = _chosen(folder, [name], everything=False)
    lang = lang or one.language
    works = [path.stem for path in one.mutants()] if work is None else [work]
    try:
        with _graders(one, 1) as [grader]:
            for stem in works:
                report = grader.grade(one, work_files(one, stem), seed=seed, language=lang, reveal=reveal)
                if work is None:
                    click.echo("\n".join(first_words(stem, report)))
                else:
                    output.print_report(one, report, lang)
    except (CourseError, OSError) as error:
        output.fail(str(error), _UNUSABLE)
    except GradingError as error:
        output.fail(f"Nothing can be tried without the sandbox:\n{error}", _OUR_FAULT)


@assignment.command(name="verify")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_all
@course_folder
@click.option(
    "--seeds", type=click.IntRange(min=1), help="Runs of each correct solution. Default: the assignment's own."
)
@click.option(
    "--workers", type=click.IntRange(min=1, max=64), default=2, show_default=True, help="Graders side by side."
)
@click.option("--draft", is_flag=True, help="While it is being written: too few solutions or mutants are no failure.")
@click.option(
    "--write", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write the outcome into a Markdown page."
)
def verify_command(
    names: tuple[str, ...],
    everything: bool,
    folder: Path,
    seeds: int | None,
    workers: int,
    draft: bool,
    page: Path | None,
) -> None:
    """Prove an assignment: solutions get everything, the blank version nothing, every mutant is caught.

    What needs a GPU is skipped where there is none. Exits with 0 if all else is proven, 1 if not, 2 for an assignment
    that can't be read, 3 without a sandbox.
    """
    if draft and page is not None:
        raise click.UsageError("--write is for proofs, and a draft is none")
    console = Console(highlight=False, soft_wrap=True)
    proven = True
    for one in _chosen(folder, names, everything):
        started = time.monotonic()
        try:
            with _graders(one, workers) as graders:
                verification = _watched(console, one, graders, seeds)
        except NoGpu:
            console.print(Text(f"{one.slug}: skipped, it needs a GPU and this machine has none", "yellow"))
            continue
        except GradingError as error:
            output.fail(f"Nothing can be proven without the sandbox:\n{error}", _OUR_FAULT)
        print_sentences(console, one)
        _print(console, verification, draft=draft)
        proven = proven and (verification.sound if draft else verification.proven)
        if page is not None:
            write_page(page, Proof(verification, time.monotonic() - started, workers))
    if not proven:
        raise SystemExit(_UNPROVEN)


def _chosen(folder: Path, names: Sequence[str], everything: bool) -> list[Assignment]:
    written = sorted(entry.parent.name for entry in (folder / "homework").glob("*/assignment.toml"))
    if unknown := [name for name in names if name not in written]:
        available = ", ".join(written) or "none"
        output.fail(f"There is no assignment '{unknown[0]}' in {folder}. There are: {available}", _UNUSABLE)
    if bool(names) == everything:
        output.fail(f"Name an assignment or say --all. There are: {', '.join(written) or 'none'}", _UNUSABLE)
    try:
        return [load_assignment(folder / "homework" / name) for name in (written if everything else names)]
    except CourseError as error:
        output.fail(str(error), _UNUSABLE)


@contextlib.contextmanager
def _graders(one: Assignment, workers: int) -> Iterator[list[Grader]]:
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Grader(one.environment)) for _ in range(workers)]


def _watched(console: Console, one: Assignment, graders: Sequence[Grader], seeds: int | None) -> Verification:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(one.slug, total=work_count(one))

        def on_finding(finding: WorkFinding) -> None:
            progress.advance(bar)
            if not finding.proven:
                progress.console.print(Text(f"✗ {finding.kind} {finding.name}: {finding.problem}", "red"))

        return verify(one, graders=graders, seeds=seeds, on_finding=on_finding)


def _print(console: Console, verification: Verification, *, draft: bool) -> None:
    one = verification.assignment
    table = Table("", "work", "points, or who caught it", "runs", "slowest", title=one.slug, title_justify="left")
    for column in table.columns[3:]:
        column.justify = "right"
    for finding in verification.findings:
        mark = Text("✓", "green") if finding.proven else Text("✗", "bold red")
        name = f"{finding.kind} {finding.name}"
        found = ", ".join(finding.caught_by) or "—" if finding.points is None else f"{finding.points.normalize():f}"
        table.add_row(mark, name, found, str(finding.runs), f"{finding.seconds:.2f} s")
    console.print(table)
    for gap in verification.gaps:
        console.print(Text(f"… {gap}", "yellow") if draft else Text(f"✗ {gap}", "red"))
    console.print(_summary(verification, draft=draft))


def _summary(verification: Verification, *, draft: bool) -> Text:
    findings, limit = verification.findings, verification.assignment.limits.total_seconds
    mutants = [finding for finding in findings if finding.kind is Kind.MUTANT]
    caught = sum(finding.proven for finding in mutants)
    text = (
        f"mutants caught: {caught} of {len(mutants)}; slowest correct run {verification.seconds:.2f} s of {limit:g} s"
    )
    if verification.proven:
        return Text(f"proven. {text}", "bold green")
    if draft and verification.sound:
        return Text(f"holds so far, not proven yet. {text}", "bold yellow")
    return Text(f"not proven. {text}", "bold red")
