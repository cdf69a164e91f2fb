"""Where the server may end otherwise than ``kafedra check`` on the student's own machine, said before it does."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from typing import Final

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.judge.source import StudentSource
from kafedra.notebooks.building import SERVER_PYTHON
from kafedra.notebooks.extraction.syntax import newer_than

_WORKERS: Final = re.compile(r"\bnum_workers\s*=\s*[1-9]")
_CUDA: Final = re.compile(r"""\.cuda\(|["']cuda(?::\d+)?["']""")
_REQUIREMENT: Final = re.compile(r"[A-Za-z0-9._-]+")
_MOST_PACKAGES: Final = 500


def differences(assignment: Assignment, source: StudentSource, language: Language) -> Iterator[str]:
    """One line each: a newer Python, processes that share memory, a graphics card, packages nobody promised."""
    text = source.module.text
    yield from _python(assignment, source, language)
    if _WORKERS.search(text):
        yield messages.text("no_workers", language)
    if not assignment.environment.gpu and _CUDA.search(text) and "is_available" not in text:
        yield messages.text("no_gpu", language)
    own = {name.partition("/")[0].removesuffix(".py") for name in assignment.handed_in}
    foreign = sorted(_imported(source.module.tree) - _promised(assignment) - sys.stdlib_module_names - own)
    if foreign:
        yield messages.text("unpromised", language, names=", ".join(foreign))


def _python(assignment: Assignment, source: StudentSource, language: Language) -> Iterator[str]:
    """The server's version stands in the clone's assignment.toml, for us to compare."""
    found = SERVER_PYTHON.search((assignment.root / "assignment.toml").read_text("utf-8-sig"))
    here = sys.version_info[:2]
    if found is None or (there := (int(found[1]), int(found[2]))) >= here:
        return
    versions = {"here": "{}.{}".format(*here), "there": "{}.{}".format(*there)}
    lines = source.module.text.split("\n")
    newer = next((number for number, line in enumerate(lines, 1) if newer_than(there, line)), None)
    if newer is None:
        yield messages.text("newer_python", language, **versions)
    else:
        yield messages.text("newer_syntax", language, **versions, place=source.place(newer, language))


def _imported(tree: ast.Module) -> set[str]:
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _promised(assignment: Assignment) -> set[str]:
    """Modules that the assignment loads or has the student install, with all that comes with those."""
    modules = {name.partition(".")[0] for name in assignment.environment.preload}
    by_module = importlib.metadata.packages_distributions()
    waiting = [*assignment.packages, *(one for name in modules for one in by_module.get(name, ()))]
    there = set[str]()
    while waiting and len(there) < _MOST_PACKAGES:
        name = _normal(waiting.pop())
        if name not in there:
            there.add(name)
            waiting += _required_by(name)
    brought = {module for module, names in by_module.items() if any(_normal(name) in there for name in names)}
    return modules | brought | {"IPython", "tqdm", "kafedra"}


def _required_by(name: str) -> list[str]:
    try:
        lines = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [match[0] for line in lines if "extra ==" not in line and (match := _REQUIREMENT.match(line))]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
