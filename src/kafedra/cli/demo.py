"""``kafedra demo``."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import click

from kafedra.cli.operating import told_plainly
from kafedra.cli.options import course_option, port_option
from kafedra.course import course_here
from kafedra.web.demo import calendar
from kafedra.web.demo.folder import NotADemo, fresh
from kafedra.web.demo.refusal import CannotGrade, require_sandbox
from kafedra.web.serving.starting import Assembled, Options, assembled


@click.command()
@port_option
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), default=Path("var/demo"), show_default=True)
@course_option
@click.option("--students", type=click.IntRange(1, 24), default=20, show_default=True)
@click.option("--once", "--no-serve", "once", is_flag=True, help="Stop when everything is handed in.")
def demo(port: int, data: Path, course: Path | None, students: int, once: bool) -> None:
    """Show it all: a run with twenty students whose homework is handed in by real git pushes, then the server.

    The folder is made anew each time.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stop as on Ctrl-C
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # under nohup a closed terminal is no reason to stop
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    with told_plainly():
        try:
            fresh(data)
        except NotADemo as error:
            raise click.ClickException(str(error)) from None
        calendar.write_run(course or course_here(), data, date.today())  # noqa: DTZ011  # the day on this machine's wall
        click.echo(f"Setting up a server in {data}; the first homework is pushed to it in a minute or two.")
        options = Options(course=course, data=data, run=calendar.SLUG, port=port)
        try:
            with assembled(options, loud=False) as kafedra:
                require_sandbox()
                _show(kafedra, students, once)
        except CannotGrade as error:
            raise click.ClickException(f"{error}\n`kafedra doctor` looks at this and at everything else.") from None


def _show(kafedra: Assembled, students: int, once: bool) -> None:
    # Models and what imports them exist only after `assembled` has configured Django.
    from kafedra.web.demo import console, stage

    stage.require_written()
    with stage.serving(kafedra) as server:
        shown = stage.play(students, kafedra.executor)
        console.push(shown.student, shown.terminal)
        console.submissions(stage.ASSIGNMENT)
        console.reviews()
        console.where_to_look(kafedra.base_url, shown.student)
        if not once:
            click.echo("\nCtrl-C stops the server.")
            server.join()
