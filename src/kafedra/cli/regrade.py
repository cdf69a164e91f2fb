"""``kafedra regrade``: grade again after an assignment changed, and see whom it moves before it does."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from kafedra.cli.operating import require_data, told_plainly
from kafedra.cli.options import course_option, data_option
from kafedra.web.serving.preparation import configure

if TYPE_CHECKING:  # Django has to be configured before these can be imported
    from kafedra.web.executor import Executor
    from kafedra.web.regrading.models import Regrade
    from kafedra.web.regrading.selectors import Preview, TrialOutcome


@click.command()
@click.argument("assignment")
@click.option("--run", required=True, help="The run whose submissions are graded again.")
@click.option("--dry-run", is_flag=True, help="Only show who gains and who loses; nothing is kept.")
@click.option("--student", "students", multiple=True, metavar="LOGIN", help="Only this student; may be repeated.")
@click.option("--all-submissions", "whole", is_flag=True, help="Every submission, not only those that count.")
@click.option("--reason", default="", help="Why; goes into the record, and students whose points move read it.")
@click.option("--yes", is_flag=True, help="Apply without asking. Needs --reason.")
@click.option("--undo", is_flag=True, help="Take the latest applied regrade of the assignment back.")
@course_option
@data_option
def regrade(
    assignment: str,
    run: str,
    dry_run: bool,
    students: tuple[str, ...],
    whole: bool,
    reason: str,
    yes: bool,
    undo: bool,
    course: Path | None,
    data: Path | None,
) -> None:
    """Grade what counts for ASSIGNMENT again by the tests as they are now.

    Shows whose points would move and which tests did it; then asks, and applies everything at once or nothing. A
    verdict that changes with the seed only moves nobody's points. A running server lends its graders, after its
    students; without one, this command grades by itself.
    """
    if yes and not dry_run and not undo and not reason:
        raise click.UsageError("--yes needs --reason: the record says why everybody's points moved")
    require_data(data)
    configure({"course": course, "data": data})
    from kafedra.web.regrading import services
    from kafedra.web.serving import regrading as console

    with told_plainly():
        try:
            with console.at_work() as executor:
                if undo:
                    row = services.undo(regrade=console.newest_applied(run=run, assignment=assignment), by=None)
                    click.echo(f"undone: {row.assignment}, the verdicts from before count again")
                    return
                row = console.begin(run=run, assignment=assignment, logins=students, whole=whole, reason=reason)
                preview = _found(row, executor)
            if dry_run or not _wanted(preview, yes):
                services.discard(regrade=row, by=None)
                click.echo("nothing was changed")
                return
            services.apply(regrade=row, by=None, reason=reason or click.prompt("Reason"))
            click.echo("applied; `kafedra regrade --undo` takes it back")
        except (console.Unusable, services.NotReady) as error:
            raise click.ClickException(str(error)) from None


def show_moves(*, assignment: str, run: str) -> None:
    """Print whose points ASSIGNMENT as it is now would move; nothing is kept. Raises `Unusable`.

    An open regrade by the same tests is somebody's, and stays.
    """
    from kafedra.web.regrading import services
    from kafedra.web.serving import regrading as console

    with console.at_work() as executor:
        theirs = console.open_ones(run=run, assignment=assignment)
        row = console.begin(run=run, assignment=assignment, logins=(), whole=False, reason="")
        try:
            _found(row, executor)
        finally:
            if row.pk not in theirs:
                with contextlib.suppress(services.NotReady):  # somebody else has discarded it
                    services.discard(regrade=row, by=None)


def _found(row: Regrade, executor: Executor | None) -> Preview:
    from kafedra.web.serving import regrading as console

    screen = Console(highlight=False)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=screen, transient=True) as progress:
        bar = progress.add_task(row.assignment, total=None)
        preview = console.finished(
            row, executor, lambda advance: progress.update(bar, completed=advance.done, total=advance.all)
        )
    if preview is None:
        raise console.Unusable("somebody discarded this regrade meanwhile")
    _print(screen, row, preview)
    return preview


def _wanted(preview: Preview, yes: bool) -> bool:
    applies = any(finding.change.applies for finding in preview.findings)
    return applies and (yes or click.confirm("Apply?", default=False))


def _print(screen: Console, row: Regrade, preview: Preview) -> None:
    screen.print(f"tests {row.tests_before[:8] or '?'} → {row.tests_after[:8]}")
    if preview.told:
        table = Table("student", "commit", "points", "", "why", title=row.assignment, title_justify="left")
        for finding in preview.told:
            commit = finding.trial.submission.short_commit
            table.add_row(Text(finding.student.username), commit, _points(finding), finding.change.value, _why(finding))
        screen.print(table)
    for name, count in preview.flaky.items():
        screen.print(Text(f"varies with the seed: {name} (on {count} of {len(preview.findings)})", "yellow"))
    screen.print(", ".join(f"{name}: {count}" for name, count in preview.counts.items()) or "nothing to grade again")
    moved = preview.standings
    screen.print(f"standings: {moved.gainers} gain, {moved.losers} lose, {moved.unmoved} stay")


def _points(finding: TrialOutcome) -> str:
    if finding.compared is None:
        return "—"
    return f"{finding.compared.before.normalize():f} → {finding.compared.after.normalize():f}"


def _why(finding: TrialOutcome) -> Text:
    return Text("\n".join(_reasons(finding)))


def _reasons(finding: TrialOutcome) -> Iterator[str]:
    if finding.compared is None:
        yield finding.trial.fault
        return
    for test in finding.compared.tests:
        old, new = (one.outcome.value if one else "no such test" for one in (test.before, test.after))
        yield f"{test.id}: {old} → {new}" + (" (varies with the seed)" if test.flaky else "")
