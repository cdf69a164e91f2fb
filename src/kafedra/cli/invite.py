"""``kafedra invite``."""

from __future__ import annotations

from pathlib import Path

import click

from kafedra.cli.operating import new_data, told_plainly
from kafedra.cli.options import course_option, data_option
from kafedra.web.serving.invitations import NoSuchRun, invitation_link


@click.command()
@click.option("--run", required=True, help="The run to invite to.")
@click.option("--role", type=click.Choice(["student", "assistant", "instructor"]), default="student", show_default=True)
@click.option("--uses", type=click.IntRange(min=1), help="How many people may come by it.  [any number]")
@click.option("--days", type=click.IntRange(min=1), default=14, show_default=True, help="How long it works.")
@click.option("--note", default="", help="What you want to remember about it.")
@course_option
@data_option
def invite(run: str, role: str, uses: int | None, days: int, note: str, course: Path | None, data: Path | None) -> None:
    """Print a link that lets people into a run. This is how the first instructor gets in."""
    fresh = new_data(data)
    with told_plainly():
        try:
            click.echo(invitation_link(course, data, run=run, role=role, uses=uses, days=days, note=note))
        except NoSuchRun as error:
            raise click.ClickException(f"there is no run '{run}'; there are: {', '.join(error.runs)}") from None
    if fresh:
        click.echo(f"The link is for a server that is started on {fresh}, made just now; another's: --data.", err=True)
