"""What code takes from outside itself: a student's machine has it, and where submissions are graded it is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

_DOWNLOADS: Final = re.compile(
    r"urlopen|urlretrieve|from_pretrained|load_dataset|load_state_dict_from_url|download\w*|\w+_download"
    r"|create_connection|fetch_\w+|requests\.\w+|httpx\.\w+|hub\.load|socket\.socket"
)
_READS: Final = re.compile(r"read_\w+|load\w*|imread|get|open|genfromtxt")
_STARTS: Final = re.compile(r"os\.(system|popen)|subprocess\.(run|Popen|call|check_call|check_output|getoutput)")
_ADDRESS: Final = re.compile(r"(https?|ftp)://")
_LONGEST_PATH: Final = 300


class Taken(NamedTuple):
    """What is taken, ``network``, ``programs``, ``variables`` or ``file``; on which line; the name of the file."""

    what: str
    line: int
    name: str = ""


def taken(tree: ast.Module) -> Iterable[Taken]:
    """The first place of each kind, and each file of this machine that is named by its whole path."""
    found = sorted((one for node in ast.walk(tree) for one in _taken_by(node)), key=lambda one: one.line)
    first = dict[tuple[str, str], Taken]()
    for one in found:
        first.setdefault((one.what, one.name), one)
    return first.values()


def uses_network(tree: ast.Module) -> bool:
    """Whether something in it looks like a download."""
    return any(found.what == "network" for found in taken(tree))


def starts_programs(tree: ast.Module) -> bool:
    """Whether something in it starts other programs."""
    return any(found.what == "programs" for found in taken(tree))


def _taken_by(node: ast.AST) -> Iterator[Taken]:
    if isinstance(node, ast.Call):
        name = _dotted(node.func)
        if _downloads(node, name):
            yield Taken("network", node.lineno)
        if _STARTS.fullmatch(name):
            yield Taken("programs", node.lineno)
        if name in ("os.getenv", "os.environ.get"):
            yield Taken("variables", node.lineno)
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and _dotted(node.value) == "os.environ":
        yield Taken("variables", node.lineno)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_a_file_here(node.value):
        yield Taken("file", node.lineno, node.value)


def _downloads(call: ast.Call, name: str) -> bool:
    last = name.rpartition(".")[2]
    if _DOWNLOADS.fullmatch(last) or _DOWNLOADS.fullmatch(".".join(name.split(".")[-2:])):
        return True
    if any(word.arg == "download" and _constant(word.value) is True for word in call.keywords):
        return True
    first = _constant(call.args[0]) if call.args else None
    return isinstance(first, str) and bool(_ADDRESS.match(first) and _READS.fullmatch(last))


def _dotted(node: ast.expr) -> str:
    """``torch.hub.load`` as it is written; of what is no name, the end alone: ``.load``."""
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _is_a_file_here(text: str) -> bool:
    if len(text) > _LONGEST_PATH or "\0" in text or (not text.startswith(("/", "~", "\\")) and text[1:2] != ":"):
        return False
    try:
        path = Path(text).expanduser()
        return path.is_absolute() and path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False
