"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from kafedra.course import course_here

# For those who run a server.
course_option = click.option(
    "--course",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with course.toml.  [KAFEDRA_COURSE, else ./course, or this folder]",
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where everything is kept: database, repositories.  [KAFEDRA_DATA, else ./var]",
)
run_option = click.option("--run", help="The run that people see first.  [KAFEDRA_RUN, else the latest]")
port_option = click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)

# For those who write a course.
course_folder = click.option(
    "--course",
    "folder",
    type=click.Path(path_type=Path),
    default=course_here,
    envvar="KAFEDRA_COURSE",
    show_default="course, or this folder",
    help="The folder with course.toml.",
)
kind_of_values = click.option(
    "--kind",
    type=click.Choice(["python", "numpy", "torch"]),
    default="python",
    show_default=True,
    help="What the assignment is about: lists and numbers, arrays or tensors.",
)
kind_of_work = click.option(
    "--kind",
    type=click.Choice(["python", "numpy", "torch", "script", "files", "c", "shell", "essay"]),
    default="python",
    show_default=True,
    help="A notebook about lists and numbers, arrays or tensors; or a plain .py file, a notebook with a module of "
    "one's "
    "own and data, a program in C, a script of the shell, an essay that a person marks.",
)
