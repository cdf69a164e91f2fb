"""Files that come with a submission: as a mapping, and as a folder for ``kafedra grade``."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.security.arena import Arena
from tests.security.corpus import Attack, attacks

from kafedra.grading.files import UnusablePath, read_files

RIGHT = b"def count(n): return sum(range(n))\n"


@pytest.mark.parametrize("attack", attacks("unpacking"))
def test_unpacking(arena: Arena, attack: Attack) -> None:
    arena.withstand(attack)


def to_a_file_outside(folder: Path, outside: Path) -> None:
    (folder / "assignment.py").symlink_to(outside / "solution.py")


def to_a_folder_outside(folder: Path, outside: Path) -> None:
    (folder / "assignment.ipynb").symlink_to(outside)


def to_itself(folder: Path, outside: Path) -> None:
    (folder / "assignment.ipynb").symlink_to("assignment.ipynb")


def to_an_endless_device(folder: Path, outside: Path) -> None:
    (folder / "assignment.py").symlink_to("/dev/zero")


def to_the_environment(folder: Path, outside: Path) -> None:
    (folder / "assignment.py").symlink_to("/proc/self/environ")


def a_pipe(folder: Path, outside: Path) -> None:
    os.mkfifo(folder / "assignment.py")


def a_folder(folder: Path, outside: Path) -> None:
    (folder / "assignment.ipynb").mkdir()


def a_hole(folder: Path, outside: Path) -> None:
    with (folder / "assignment.ipynb").open("wb") as file:
        file.truncate(2**40)


TRICKS = [
    to_a_file_outside,
    to_a_folder_outside,
    to_itself,
    to_an_endless_device,
    to_the_environment,
    a_pipe,
    a_folder,
    a_hole,
]


@pytest.mark.parametrize("trick", TRICKS)
def test_folder_with_something_else_than_a_file(
    arena: Arena, tmp_path: Path, trick: Callable[[Path, Path], None]
) -> None:
    """What lies outside of the folder is nobody's submission; what never ends is not read."""
    folder, outside = tmp_path / "clone", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "solution.py").write_bytes(RIGHT)
    trick(folder, outside)
    with pytest.raises(UnusablePath):
        read_files(folder, arena.assignment)


def test_links_beside_the_answer_are_not_followed(arena: Arena, tmp_path: Path) -> None:
    """A clone with a link in it is graded all the same, by what is a file."""
    (tmp_path / "outside.py").write_bytes(b"secret = 1\n")
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / "assignment.py").write_bytes(RIGHT)
    (folder / "data.py").symlink_to(tmp_path / "outside.py")
    files = read_files(folder, arena.assignment)
    assert files == {"assignment.py": RIGHT}
