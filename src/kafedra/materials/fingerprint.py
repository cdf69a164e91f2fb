"""What the outputs of a cell depend on: all code before it, the modules and data beside it, versions. Never the time.

Two cells with the same key would print the same, so one of them needn't run. Comments and the way a cell is laid out
don't count, since what is executed is the same.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

_OURS: Final = ("kernel.py", "painting.py")  # what is run in the kernel before the first cell
_NOT_DATA: Final = {".toml", ".md", ".pyc"}
_NOT_HELPERS: Final = {"seminar.py", "pictures.py"}


@dataclass(frozen=True)
class Surroundings:
    """Everything besides the cells: versions of Python and packages, files of the topic by their digest."""

    python: str
    packages: Mapping[str, str]
    files: Mapping[str, str]
    kernel: str

    @property
    def digest(self) -> str:
        return _digest(json.dumps(asdict(self), sort_keys=True))


def surroundings(folder: Path, sources: Iterable[str]) -> Surroundings:
    """What cells with these `sources`, in the topic's `folder`, are executed with."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if _counts(path, folder)}
    texts = [*sources, *(path.read_text("utf-8") for path in files.values() if path.suffix == ".py")]
    helpers = {Path(name).stem for name in files}
    return Surroundings(
        python=".".join(platform.python_version_tuple()[:2]),
        packages=_versions({name for text in texts for name in _imported(text)} - helpers),
        files={name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for name, path in files.items()},
        kernel=_digest("".join((Path(__file__).parent / name).read_text("utf-8") for name in _OURS)),
    )


def chain(sources: Sequence[str], around: Surroundings) -> tuple[str, ...]:
    """A key for each cell of code: each depends on all before it."""
    keys, key = list[str](), around.digest
    for source in sources:
        key = _digest(key + "\n" + _meaning(source))
        keys.append(key)
    return tuple(keys)


def stamps(folder: Path) -> Hashable:
    """Another one whenever a file in the folder is: read again only then. It costs a look at each file, no reading."""
    written = (path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts)
    return tuple(stamp(path) for path in written if path.is_file())


def stamp(path: Path) -> tuple[str, int, int]:
    """Another one whenever the file, or the folder's list of names, is."""
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0)
    return (str(path), found.st_mtime_ns, found.st_size)


def _counts(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "_")) for part in parts)
    return path.is_file() and not hidden and path.suffix not in _NOT_DATA and parts[-1] not in _NOT_HELPERS


def _meaning(source: str) -> str:
    """The cell without comments and layout, or as it is if it isn't plain Python."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError):
        return source


def _imported(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in names}


def _versions(modules: Iterable[str]) -> dict[str, str]:
    packages = _packages()
    names = {name for module in modules for name in packages.get(module, ())}
    return {name: importlib.metadata.version(name).partition("+")[0] for name in sorted(names)}


@cache
def _packages() -> Mapping[str, Sequence[str]]:
    return importlib.metadata.packages_distributions()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
