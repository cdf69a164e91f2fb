"""What the server says to the operator's terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kafedra.course import Assignment, Problem


def banner(base_url: str) -> None:
    """Where the server listens, once it does."""
    click.echo(f"kafedra listens on {base_url}  (Ctrl-C stops it)", err=True)


def held_back(assignment: Assignment, problems: Sequence[Problem]) -> None:
    """What is wrong with an assignment, as `kafedra course check` says it, and what follows."""
    for problem in problems:
        click.echo(str(problem.below(assignment.root)), err=True)
    if problems:
        click.echo(f"'{assignment.slug}' is held back: nobody can accept it until this is mended", err=True)


def new_terms(runs: Sequence[str], base_url: str) -> None:
    """Which runs still count by what was accepted before, though the course's files have changed."""
    for run in runs:
        click.echo(
            f"run '{run}': new deadlines, points or formula in its files count once an instructor applies them: "
            f"{base_url}/{run}/terms/",
            err=True,
        )
