"""Forbidden APIs, found by resolving names on the syntax tree. Never text search.

A name counts as forbidden when it leads, through imports, assignments and attributes, to an object that a
forbidden API leads to: ``torch.nn.modules.activation.ReLU`` is ``torch.nn.ReLU``. What only running the code
can tell (``getattr(torch, name)``, ``x.relu()``) is left to the poisoned attributes in the sandbox.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kafedra.course import ForbiddenAPI, Language
from kafedra.grading.bindings import names_bound_by

_LONGEST_PATH = 500
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Use:
    """A forbidden API as the assignment calls it, and the line of the module that leads to it."""

    api: str
    line: int


def find_forbidden(tree: ast.Module, apis: Iterable[str], names: Iterable[str]) -> Mapping[str, Use]:
    """The required ``names`` whose definitions use a forbidden API, directly or through other definitions."""
    listed = tuple(apis)
    ban = _Ban((*listed, *_INTERNALS) if listed else ())
    methods = ban.methods - _own_attributes(tree)
    shared = _Aliases()
    for node in tree.body:
        if not isinstance(node, _DEFINITIONS):
            shared.learn(node)
    direct: dict[str, Use] = {}
    mentioned: list[set[str]] = []  # by statement
    binders: dict[str, list[int]] = {}  # the statements that bind a name; one may bind ten thousand
    for number, node in enumerate(tree.body):
        use = next(_uses(node, shared.within(node), ban, methods), None)
        mentioned.append({part.id for part in ast.walk(node) if isinstance(part, ast.Name)})
        for bound in names_bound_by(node):
            binders.setdefault(bound, []).append(number)
            if use is not None:
                direct.setdefault(bound, use)
    return {name: use for name in names if (use := _reach(name, direct, binders, mentioned)) is not None}


# where something is forbidden, so are the back doors to it; only the text is searched for these, torch needs them
_INTERNALS = tuple(f"torch.{name}.*" for name in ("_C", "_VF", "_decomp", "_prims", "_refs", "jit", "library", "ops"))


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


class _Aliases:
    """What bare names stand for: ``F`` is ``torch.nn.functional``.

    One table for the module's top level; each definition adds its own to a copy, so that one function's
    ``r = torch.relu`` says nothing of another function's ``r``.
    """

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._found: dict[ast.expr, str | None] = {}  # each part of a long expression is asked for, and all below it
        self.starred: set[str] = set()

    def within(self, node: ast.stmt) -> _Aliases:
        """The table as it is inside ``node``."""
        if not isinstance(node, _DEFINITIONS):
            return self
        inner = _Aliases()
        inner._paths, inner.starred = dict(self._paths), set(self.starred)
        inner.learn(node)
        return inner

    def learn(self, node: ast.stmt) -> None:
        """Take in every import and alias in ``node``."""
        for part in ast.walk(node):
            self._note_import(part)
            self._note_assignment(part)
            self._found.clear()

    def path(self, node: ast.expr) -> str | None:
        """The dotted path that an expression spells, or ``None``."""
        if node not in self._found:
            self._found[node] = self._spelled(node)
        return self._found[node]

    def _spelled(self, node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            return self._paths.get(node.id)
        if isinstance(node, ast.Attribute):
            return _joined(self.path(node.value), node.attr)
        if isinstance(node, ast.Call):
            return self._path_of_call(node)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            return self._path_of_namespace_item(node.value, node.slice.value)
        if isinstance(node, ast.NamedExpr):
            return self.path(node.value)
        return None

    def _path_of_call(self, node: ast.Call) -> str | None:
        function = node.func.id if isinstance(node.func, ast.Name) else self.path(node.func)
        constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if not constants or not isinstance(constants[0], str):
            return None
        if function == "getattr" and len(node.args) >= 2:
            return _joined(self.path(node.args[0]), constants[0])
        if function in ("__import__", "importlib.import_module", "import_module"):
            return constants[0]
        return None

    def _path_of_namespace_item(self, node: ast.expr, name: Any) -> str | None:
        """``vars(torch)["relu"]`` and ``torch.__dict__["relu"]``."""
        owner = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars" and node.args:
            owner = self.path(node.args[0])
        elif isinstance(node, ast.Attribute) and node.attr == "__dict__":
            owner = self.path(node.value)
        return _joined(owner, name) if isinstance(name, str) else None

    def _note_import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                self._paths[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name == "*":
                    self.starred.add(node.module)
                else:
                    self._paths[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def _note_assignment(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            path = self.path(node.value)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if path and isinstance(target, ast.Name):
                    self._paths.setdefault(target.id, path)


def _joined(owner: str | None, name: str) -> str | None:
    """``owner.name``, cut where no path of an API would be as long: names made of names would grow without end."""
    return f"{owner}.{name}"[:_LONGEST_PATH] if owner else None


def _own_attributes(tree: ast.Module) -> set[str]:
    """Names that the student defines anywhere: ``x.relu`` may then be their own."""
    defined = {node.name for node in ast.walk(tree) if isinstance(node, _DEFINITIONS)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            defined.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
    return defined


def _uses(node: ast.stmt, aliases: _Aliases, ban: _Ban, methods: set[str]) -> Iterator[Use]:
    starred = ban.starred(aliases.starred)
    for part in ast.walk(node):
        if isinstance(part, ast.Import | ast.ImportFrom) or not isinstance(part, ast.expr):
            continue
        path = aliases.path(part)
        api = ban.match(path) if path else None
        if api is None and isinstance(part, ast.Name) and part.id in starred and path is None:
            api = starred[part.id]
        if api is None and isinstance(part, ast.Attribute) and part.attr in methods:
            api = f"torch.Tensor.{part.attr}"  # whatever the object is, the student did not write this attribute
        if api is not None:
            yield Use(api, part.lineno)


def _reach(
    name: str, direct: Mapping[str, Use], binders: Mapping[str, list[int]], mentioned: Sequence[set[str]]
) -> Use | None:
    seen, looked_at, waiting = set[str](), set[int](), [name]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if current in direct:
            return direct[current]
        for number in binders.get(current, ()):
            if number not in looked_at:
                looked_at.add(number)
                waiting.extend(mentioned[number] - seen)
    return None
