"""Forbidden APIs, found by resolving names on the syntax tree. Never text search.

A name counts as forbidden when it leads, through imports, assignments and attributes, to an object that a
forbidden API leads to: ``torch.nn.modules.activation.ReLU`` is ``torch.nn.ReLU``. What only running the code
can tell (``getattr(torch, name)``, ``x.relu()``) is left to the poisoned attributes in the sandbox.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kafedra.course import Assignment, ForbiddenAPI, Language
from kafedra.grading.judge.spelling import Spelling
from kafedra.notebooks import ExtractedModule


@dataclass(frozen=True)
class Use:
    """A forbidden API as the assignment calls it, and the line of the module that leads to it."""

    api: str
    line: int


def find_forbidden(module: ExtractedModule, apis: Iterable[str]) -> Mapping[str, Use]:
    """The required names whose definitions use a forbidden API, directly or through what they rest on."""
    listed = tuple(apis)
    if not listed:
        return {}
    ban, spelling = _Ban((*listed, *_INTERNALS)), Spelling(module)
    methods, starred = ban.methods - _own_attributes(module.tree), ban.starred(spelling.starred)
    uses = {number: _use(spelling, number, ban, methods, starred) for number in range(len(module.tree.body))}
    found = {}
    for name, closure in module.closures.items():
        # its own definition first: that is the line to look at
        order = sorted(closure, key=lambda number: (name not in module.defines[number], number))
        if (use := next((use for number in order if (use := uses[number]) is not None), None)) is not None:
            found[name] = use
    return found


# where something is forbidden, so are the back doors to it; only the text is searched for these, torch needs them
_DOORS = ("_C", "_VF", "_decomp", "_prims", "_refs", "jit", "library", "ops")
_INTERNALS = tuple(f"torch.{name}{below}" for name in _DOORS for below in ("", ".*"))


def forbidden_names(bans: Iterable[ForbiddenAPI], language: Language = "ru") -> dict[str, str]:
    """API → hint, for what is listed and for what is the same under another name: methods and in-place forms.

    Forbidding ``torch.relu`` forbids ``torch.relu_``, ``x.relu()`` and ``x.relu_()`` too.
    """
    names = {ban.api: ban.hint.in_(language) if ban.hint else "" for ban in bans}
    for api, hint in list(names.items()):
        owner, _, name = api.rpartition(".")
        if owner in ("torch", "torch.Tensor") and name != "*":
            for place in ("torch", "torch.Tensor"):
                names.setdefault(f"{place}.{name}", hint)
                names.setdefault(f"{place}.{name}_", hint)
    return names


def names_to_close(assignment: Assignment) -> list[str]:
    """What is made unusable where the code runs: the forbidden APIs, and ``torch.**`` for all of a package.

    A package that the author's own probes import stays, without what it shows.
    """
    names = forbidden_names(assignment.forbidden)
    whole = {name.removesuffix(".*") for name in names if name.count(".") == 1 and name.endswith(".*")}
    return [*names, *(f"{package}.**" for package in sorted(whole - _imported(assignment) if whole else whole))]


def _imported(assignment: Assignment) -> set[str]:
    """The packages that the probes import."""
    try:
        nodes = list(ast.walk(ast.parse(assignment.probes.read_bytes())))
    except (OSError, ValueError, SyntaxError):
        return set()
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in found}


def matching_ban(path: str, apis: Iterable[str]) -> str | None:
    """The entry of ``apis`` that covers ``path`` by name."""
    return next((api for api in apis if api == path or (api.endswith(".*") and path.startswith(api[:-1]))), None)


class _Ban:
    """The forbidden APIs as paths, as prefixes (``torch.ops.*``) and as objects."""

    def __init__(self, apis: tuple[str, ...]) -> None:
        self._exact = {api for api in apis if not api.endswith(".*")}
        self._prefixes = tuple(api.removesuffix("*") for api in apis if api.endswith(".*"))
        self._objects = {id(value): api for api in self._exact if (value := _resolve(api)) is not None}

        tensor = "torch.Tensor."
        self.methods = {api.removeprefix(tensor) for api in self._exact if api.startswith(tensor)}

    def match(self, path: str) -> str | None:
        """The API that ``path`` leads to, by name or by identity."""
        if path in self._exact:
            return path
        for prefix in self._prefixes:
            if path.startswith(prefix):
                return path
        value = _resolve(path)
        return self._objects.get(id(value)) if value is not None else None

    def starred(self, modules: Collection[str]) -> Mapping[str, str]:
        """Bare name → API, for what ``from module import *`` brings in."""
        found = {}
        for api in self._exact if modules else ():
            owner, _, name = api.rpartition(".")
            if owner in modules:
                found[name] = api
        return found


def _resolve(path: str) -> Any:
    """The object at a dotted path, among what is loaded; no attribute is computed on a student's word."""
    head, *rest = path.split(".")
    value: Any = sys.modules.get(head)
    for name in rest:
        if value is None:
            return None
        computed = not isinstance(value, ModuleType)
        value = inspect.getattr_static(value, name, None) if computed else vars(value).get(name)
    return value


def _own_attributes(tree: ast.Module) -> set[str]:
    """Names that the student defines anywhere: ``x.relu`` may then be their own."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = {node.name for node in ast.walk(tree) if isinstance(node, definitions)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            defined.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
    return defined


def _use(spelling: Spelling, number: int, ban: _Ban, methods: set[str], starred: Mapping[str, str]) -> Use | None:
    """The first use of a forbidden API in a statement."""
    found = []
    for part, paths in spelling.expressions(number):
        api = next((api for path in sorted(paths) if (api := ban.match(path)) is not None), None)
        if api is None and isinstance(part, ast.Name) and part.id in starred and not paths:
            api = starred[part.id]
        if api is None and isinstance(part, ast.Attribute) and part.attr in methods:
            api = f"torch.Tensor.{part.attr}"  # whatever the object is, the student did not write this attribute
        if api is not None:
            found.append(Use(api, part.lineno))
    return min(found, key=lambda use: use.line, default=None)
