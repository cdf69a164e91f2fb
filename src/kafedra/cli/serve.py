"""``kafedra serve``."""

from __future__ import annotations

from pathlib import Path

import click

from kafedra.cli.operating import told_plainly
from kafedra.cli.options import course_option, data_option, port_option, run_option
from kafedra.web.serving.console import banner, new_terms
from kafedra.web.serving.starting import Options, assembled


@click.command()
@course_option
@data_option
@run_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@port_option
def serve(course: Path | None, data: Path | None, run: str | None, host: str, port: int) -> None:
    """Run the server: pages, git and grading, all in one process.

    Stops on Ctrl-C or SIGTERM after it has finished what it was grading; whatever waits is graded after the next
    start. Everything else is set by KAFEDRA_… variables: docs/use/operator.md lists them.
    """
    with told_plainly(), assembled(Options(course, data, run, host, port)) as kafedra:
        new_terms(kafedra.new_terms, kafedra.base_url)
        kafedra.server.on_started = lambda: banner(kafedra.base_url)
        kafedra.serve()
