"""A piece of work as its author, or a student, keeps it: a Python file, or a folder of what is handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kafedra.course.assignment import Assignment
from kafedra.course.problems import CourseError, Problem

_NOBODYS: Final = ("__pycache__", ".ipynb_checkpoints", ".DS_Store")


def read_work(folder: Path, shown: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it, sorted. Raises CourseError where there is none."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not {*path.parts} & {*_NOBODYS})
    if not paths:
        raise CourseError([Problem(shown, None, "", None, "is empty: the files that are handed in belong here")])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def handed_in_as(assignment: Assignment, path: Path) -> dict[str, bytes]:
    """A correct solution, as a student would hand it in: relative path → content.

    Raises CourseError for a file that nobody could hand in, since the assignment doesn't name it.
    """
    if path.is_file():
        return {f"{assignment.slug}.py": path.read_bytes()}
    shown = path.relative_to(assignment.root)
    files = read_work(path, shown)
    allowed = {*assignment.handed_in, f"{assignment.slug}.py"}
    if strange := [name for name in files if name not in allowed]:
        message = f"is not handed in: assignment.toml names {', '.join(assignment.handed_in)}"
        raise CourseError([Problem(shown / name, None, "", None, message) for name in strange])
    return files


def first_files(assignment: Assignment) -> dict[str, bytes]:
    """What stands beside the notebook in the first of the solutions that is a folder."""
    folders = [path for path in assignment.solutions() if path.is_dir()]
    files = handed_in_as(assignment, folders[0]) if folders else {}
    return {name: data for name, data in files.items() if name in assignment.handed_in[1:]}
