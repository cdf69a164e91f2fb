"""What students are given beside the notebook: data, pictures that are files, and what they start their files from.

All of it is declared in `assignment.toml`. What is declared and not there, shown and not given, or lies in the folder
without being declared, is an error: nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kafedra.course import Assignment, Problem, Source, handed_in_as, read_assignment
from kafedra.course.works import first_files, read_work
from kafedra.notebooks.percent import SOLUTION_TAG, SOURCE_NAME, Cell
from kafedra.notebooks.student_tests import mention

_KNOWN: Final = frozenset(
    "assignment.toml notebook.py pictures.py probes.py review.md tests solutions mutants starter".split()
)
_LINK: Final = re.compile(r"\]\((?!\w+:|//|#|pictures/)([^)\s#?]+)")
_CODE: Final = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def starter_files(assignment: Assignment) -> dict[str, bytes]:
    """What the student finds in place of the files that are to be handed in: path → content."""
    folder = assignment.starter_dir
    return read_work(folder, Path("starter")) if folder.is_dir() and any(folder.iterdir()) else {}


def solved_files(assignment: Assignment) -> dict[str, bytes]:
    """What the first solution in a folder has beside the notebook, or all of it where there is no notebook.

    Nothing where a person marks the work.
    """
    if assignment.is_code:
        return first_files(assignment)
    folders = [path for path in assignment.solutions() if path.is_dir()]
    return handed_in_as(assignment, folders[0]) if folders else {}


def solved_cells(assignment: Assignment) -> tuple[Cell, ...]:
    """The same as cells, for pages: the name of each file and what is in it."""
    texts = {name: data.decode(errors="replace").rstrip("\n") for name, data in solved_files(assignment).items()}
    fence = "`" * 4
    return tuple(
        Cell(
            "markdown", f"### {name}\n\n{fence}{Path(name).suffix.removeprefix('.')}\n{text}\n{fence}", (SOLUTION_TAG,)
        )
        for name, text in texts.items()
    )


def data_files(assignment: Assignment) -> dict[str, bytes]:
    """The data that the course gives: path → content, of those files that are there."""
    paths = {name: assignment.root / name for name in assignment.data}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def given_problems(assignment: Assignment, cells: Sequence[Cell]) -> Iterator[Problem]:
    """Files that are declared and not there, given and not declared, shown and not given."""
    source, _ = read_assignment(assignment.root, shown_from=assignment.root)
    starters = starter_files(assignment)
    yield from _data_problems(assignment, source)
    for name in sorted(starters.keys() - {*assignment.handed_in}):
        message = f"is given to students and not handed in: name it in files, which has {_listed(assignment.files)}"
        yield Problem(Path("starter", name), None, "", None, message)
    if assignment.notebook in starters and assignment.is_code:
        message = "is made of notebook.py, so it can't be given here, too"
        yield Problem(Path("starter", assignment.notebook), None, "", None, message)
    yield from _strangers(assignment)
    yield from _dangling(cells, {*assignment.data, *assignment.handed_in, "README.md", "probes.py", "assignment.toml"})


def _data_problems(assignment: Assignment, source: Source) -> Iterator[Problem]:
    sizes: Mapping[str, int] = {name: len(data) for name, data in data_files(assignment).items()}
    for place, name in enumerate(assignment.data):
        if name not in sizes:
            yield source.problem(("data", place), name, "there is no such file in the assignment's folder")
    most = assignment.limits.file_mb * 2**20 // 2
    if sum(sizes.values()) > most:
        message = f"is larger than {most / 2**20:g} MB in all, half of limits.file_mb: the sandbox has to hold it"
        yield source.problem(("data",), None, message)


def _strangers(assignment: Assignment) -> Iterator[Problem]:
    """Files beside the known ones that no list names; Python modules may help `pictures.py`."""
    tops = {name.split("/")[0] for name in assignment.data}
    for path in sorted(assignment.root.iterdir()):
        ignored = path.name.startswith((".", "_")) or path.suffix == ".py"
        if path.name not in _KNOWN | tops and not ignored:
            yield Problem(Path(path.name), None, "", None, _UNDECLARED)
    for top in sorted(tops):
        for path in sorted((assignment.root / top).rglob("*")):
            name = path.relative_to(assignment.root)
            if path.is_file() and name.as_posix() not in assignment.data and not path.name.startswith("."):
                yield Problem(name, None, "", None, _UNDECLARED)


def _dangling(cells: Sequence[Cell], given: set[str]) -> Iterator[Problem]:
    """Relative links and pictures of the statement that lead to nothing in the student's repository."""
    for cell in cells:
        for name in _LINK.findall(_CODE.sub("", cell.source)) if cell.kind == "markdown" else ():
            path = name.removeprefix("./").rstrip("/")
            if path not in given and not path.startswith("tests") and path.partition(":")[0] != "attachment":
                line = cell.line + (mention(cell.source, name) or 1) - 1
                yield Problem(SOURCE_NAME, line, "link", name, "leads to a file that students do not get: see data")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


_UNDECLARED: Final = "reaches nobody: name it in data of assignment.toml if students are to have it, or move it away"
