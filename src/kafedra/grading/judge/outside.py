"""What code takes from outside itself: a student's machine has it, and where submissions are graded it is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from kafedra.grading.judge.downloads import Reader

_STARTS: Final = re.compile(r"os\.(system|popen)|subprocess\.(run|Popen|call|check_call|check_output|getoutput)")
_LONGEST_PATH: Final = 300


class Taken(NamedTuple):
    """What is taken, on which line, by the call or from the file of which name.

    It is ``network``, ``downloaded`` once, ``address`` where a call is given one and may fetch it, ``programs``,
    ``variables`` or ``file``.
    """

    what: str
    line: int
    name: str = ""


def taken(tree: ast.Module) -> Iterable[Taken]:
    """The first place of each kind, and each file of this machine that is named by its whole path."""
    reader = Reader(tree)
    found = sorted((one for node in ast.walk(tree) for one in _taken_by(node, reader)), key=lambda one: one.line)
    first = dict[tuple[str, str], Taken]()
    for one in found:
        first.setdefault((one.what, one.name if one.what == "file" else ""), one)
    return first.values()


def uses_network(tree: ast.Module) -> bool:
    """Whether something in it looks like a download."""
    return any(found.what in ("network", "address") for found in taken(tree))


def starts_programs(tree: ast.Module) -> bool:
    """Whether something in it starts other programs."""
    return any(found.what == "programs" for found in taken(tree))


def _taken_by(node: ast.AST, reader: Reader) -> Iterator[Taken]:
    if isinstance(node, ast.Call):
        name = reader.full_name(node.func)
        if (found := reader.kind(node)) is not None:
            yield Taken(found[0], node.lineno, found[1])
        if _STARTS.fullmatch(name):
            yield Taken("programs", node.lineno)
        if name in ("os.getenv", "os.environ.get"):
            yield Taken("variables", node.lineno)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        if reader.full_name(node.value) == "os.environ":
            yield Taken("variables", node.lineno)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_a_file_here(node.value):
        yield Taken("file", node.lineno, node.value)


def _is_a_file_here(text: str) -> bool:
    if len(text) > _LONGEST_PATH or "\0" in text or (not text.startswith(("/", "~", "\\")) and text[1:2] != ":"):
        return False
    try:
        path = Path(text).expanduser()
        return path.is_absolute() and path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False
