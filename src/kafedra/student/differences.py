"""Where the server may end otherwise than ``kafedra check`` on the student's own machine, said before it does."""

from __future__ import annotations

import ast
import contextlib
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeGuard

from kafedra.course import Assignment, Language
from kafedra.grading import messages
from kafedra.grading.judge.outside import taken
from kafedra.grading.judge.source import StudentSource
from kafedra.notebooks.building import SERVER_PYTHON
from kafedra.notebooks.extraction.syntax import newer_than
from kafedra.student.freshness import Told

_WORKERS: Final = re.compile(r"\bnum_workers\s*=\s*[1-9]|\bmultiprocessing\b|\bProcessPoolExecutor\b")
_CUDA: Final = re.compile(r"""\.cuda\(|["']cuda(?::\d+)?["']""")
_REQUIREMENT: Final = re.compile(r"[A-Za-z0-9._-]+")
_MOST_PACKAGES: Final = 500
_ALWAYS: Final = {"IPython", "tqdm", "kafedra"}
_PREPARED: Final = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def differences(
    assignment: Assignment, source: StudentSource, language: Language, told: Told | None = None
) -> Iterator[str]:
    """One line each: a newer Python, other versions, what the code takes from this machine or from the network,
    processes that share memory, a graphics card, packages nobody promised. `told` is the server's own answer.
    """
    text = source.module.text
    yield from _python(assignment, source, language, told)
    if told is not None and (other := _other_versions(told)):
        here = ", ".join(f"{name} {ours}" for name, (ours, _) in other.items())
        there = ", ".join(f"{name} {theirs}" for name, (_, theirs) in other.items())
        yield messages.text("other_versions", language, here=here, there=there)
    yield from _taken(assignment, source, language)
    if _WORKERS.search(text):
        yield messages.text("no_workers", language)
    if not assignment.environment.gpu and _CUDA.search(text) and "is_available" not in text:
        yield messages.text("no_gpu", language)
    yield from _packages(assignment, source, language, told)


def _taken(assignment: Assignment, source: StudentSource, language: Language) -> Iterator[str]:
    """Of the notebook, and of the modules beside it."""
    trees = {"": source.module.tree, **dict(_beside(source))}
    known = set[tuple[str, str]]()
    for file, tree in trees.items():
        for found in taken(tree):
            key = found.what, found.name if found.what == "file" else ""
            if key in known or (found.what == "programs" and assignment.environment.programs):
                continue
            known.add(key)
            line = messages.text("file_line", language, file=file, line=found.line)
            place = f" ({line})" if file else source.place(found.line, language)
            yield messages.text(f"takes_{found.what}", language, place=place, name=found.name)


def _beside(source: StudentSource) -> Iterator[tuple[str, ast.Module]]:
    for name, data in source.files.items():
        if name.endswith(".py"):
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                yield name, ast.parse(data)


def _packages(assignment: Assignment, source: StudentSource, language: Language, told: Told | None) -> Iterator[str]:
    """Modules that are not on the server, where it says which are; otherwise those that the assignment leaves open."""
    own = {name.partition("/")[0].removesuffix(".py") for name in assignment.handed_in}
    trees = (source.module.tree, *(tree for _, tree in _beside(source)))
    imported = set[str]().union(*map(_imported, trees)) - own - _ALWAYS
    # of the student's own modules beside the notebook what fails here says why
    imported = {name for name in imported if not _is_beside(assignment.root, name)}
    if told is not None and told.modules:
        if absent := sorted(imported - told.modules - _loaded(assignment)):
            yield messages.text("absent", language, names=", ".join(absent))
    elif foreign := sorted(imported - _promised(assignment) - sys.stdlib_module_names):
        yield messages.text("unpromised", language, names=", ".join(foreign))


def _python(assignment: Assignment, source: StudentSource, language: Language, told: Told | None) -> Iterator[str]:
    """The server's version is told by itself, or stands in the clone's assignment.toml since it was accepted."""
    found = SERVER_PYTHON.search((assignment.root / "assignment.toml").read_text("utf-8-sig"))
    there = (int(found[1]), int(found[2])) if found else None
    there = told.python if told is not None and told.python else there
    here = sys.version_info[:2]
    if there is None or there >= here:
        return
    versions = {"here": "{}.{}".format(*here), "there": "{}.{}".format(*there)}
    lines = source.module.text.split("\n")
    newer = next((number for number, line in enumerate(lines, 1) if newer_than(there, line)), None)
    if newer is None:
        yield messages.text("newer_python", language, **versions)
    else:
        yield messages.text("newer_syntax", language, **versions, place=source.place(newer, language))


def _other_versions(told: Told) -> dict[str, tuple[str, str]]:
    """Packages of the assignment with their version here and on the server, where the two differ."""
    found = dict[str, tuple[str, str]]()
    for name, there in told.packages.items():
        try:
            here = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        if _public(here) != _public(there):
            found[name] = (_public(here), _public(there))
    return found


def _public(version: str) -> str:
    """Without the name of a build: ``2.13.0+cpu`` is 2.13.0."""
    return version.partition("+")[0]


def _is_beside(folder: Path, module: str) -> bool:
    return (folder / f"{module}.py").is_file() or (folder / module).is_dir()


def _imported(tree: ast.Module) -> set[str]:
    """Modules by the names of their packages; those aside for whose absence the code is prepared."""
    found = set[str]()
    prepared = {id(inner) for node in ast.walk(tree) if _catches(node) for one in node.body for inner in ast.walk(one)}
    for node in ast.walk(tree):
        if id(node) in prepared:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _catches(node: ast.AST) -> TypeGuard[ast.Try]:
    """Whether it goes on where a module is missing."""
    return isinstance(node, ast.Try) and any(
        one.type is None or any(isinstance(name, ast.Name) and name.id in _PREPARED for name in ast.walk(one.type))
        for one in node.handlers
    )


def _loaded(assignment: Assignment) -> set[str]:
    return {name.partition(".")[0] for name in assignment.environment.preload}


def _promised(assignment: Assignment) -> set[str]:
    """Modules that the assignment loads or has the student install, with all that comes with those."""
    modules = _loaded(assignment)
    by_module = importlib.metadata.packages_distributions()
    waiting = [*assignment.packages, *(one for name in modules for one in by_module.get(name, ()))]
    there = set[str]()
    while waiting and len(there) < _MOST_PACKAGES:
        name = _normal(waiting.pop())
        if name not in there:
            there.add(name)
            waiting += _required_by(name)
    brought = {module for module, names in by_module.items() if any(_normal(name) in there for name in names)}
    return modules | brought


def _required_by(name: str) -> list[str]:
    try:
        lines = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [match[0] for line in lines if "extra ==" not in line and (match := _REQUIREMENT.match(line))]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
