"""What code finds on the server: the Python that grades an assignment, its modules, the versions of its packages."""

from __future__ import annotations

import functools
import importlib.machinery
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_SECONDS: Final = 20
_SITE: Final = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class Library:
    """``python`` is its version, ``3.12``; ``modules`` are the names that can be imported, ``packages`` versions."""

    python: str
    modules: tuple[str, ...]
    packages: dict[str, str]


@functools.cache
def library_of(python: str | None, packages: tuple[str, ...] = ()) -> Library | None:
    """Of the interpreter at ``python``, or of this one, as long as this process lives; with ``packages``' versions.

    None where that interpreter can't say: why it does not run is for whoever starts it to tell.
    """
    if python is None:
        return _here(packages)
    command = [python, "-I", "-m", "kafedra.grading.library", *packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)
        return Library(**json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return None


def _here(packages: Iterable[str]) -> Library:
    folders = [Path(path) for path in sys.path if path.endswith(_SITE)]
    added = [path for folder in folders for path in _added_to(folder)]
    names = {*sys.stdlib_module_names, *(name for folder in (*folders, *added) for name in _modules(folder))}
    return Library(
        "{}.{}".format(*sys.version_info),
        tuple(sorted(name for name in names if not name.startswith("_"))),
        dict(_versions(packages)),
    )


def _added_to(folder: Path) -> Iterator[Path]:
    """Folders of packages that lie where they are written (``pip install -e``)."""
    for listing in folder.glob("*.pth"):
        lines = listing.read_text("utf-8", errors="replace").splitlines()
        yield from (Path(line) for line in lines if line.startswith("/"))


def _modules(folder: Path) -> Iterator[str]:
    """Read off the names of files: a folder without an ``__init__`` can be imported, too.

    Some packages that lie elsewhere are known by what their installer wrote down alone.
    """
    for listing in folder.glob("*.dist-info/top_level.txt"):
        yield from filter(str.isidentifier, listing.read_text("utf-8", errors="replace").split())
    endings = tuple(importlib.machinery.all_suffixes())
    for path in folder.iterdir() if folder.is_dir() else ():
        name = path.name.partition(".")[0]
        if name.isidentifier() and (path.name.endswith(endings) or (path.name == name and path.is_dir())):
            yield name


def _versions(packages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in packages:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_here(sys.argv[1:]))))
