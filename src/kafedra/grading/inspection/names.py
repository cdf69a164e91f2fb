"""Names in tests and probes that lead nowhere, and calls that can't be made: found in the text, nothing is run.

Python tells of them only when the line is reached, which may be on the day when a student's answer is wrong in a new
way; the judge would then have to say that the test is broken.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import inspect
import symtable
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final

from kafedra.course import Problem, read_text

_ENGINE: Final = "kafedra.testing"
_ALWAYS: Final = frozenset(dir(builtins)) | {"__file__", "__name__", "__doc__"}


def name_problems(root: Path, modules: Iterable[ModuleType], probes: ModuleType) -> list[Problem]:
    """Of these modules of the assignment in ``root``, all of them loaded."""
    problems = list[Problem]()
    for module in modules:
        path = Path(str(module.__file__))
        text = read_text(path, path)
        problems += _Reader(text, path.relative_to(root), vars(module), root, probes).problems()
    return problems


class _Reader:
    def __init__(self, text: str, shown: Path, namespace: Mapping[str, Any], root: Path, probes: ModuleType) -> None:
        self._tree = ast.parse(text)
        self._table = symtable.symtable(text, shown.name, "exec")
        self._shown = shown
        self._known = namespace
        self._root = root
        self._probes = probes
        self._local = set(_local_names(self._table))

    def problems(self) -> Iterator[Problem]:
        wanted = set(_global_names(self._table)) - self._known.keys() - _ALWAYS
        lines = _first_lines(self._tree, wanted)
        for name in sorted(lines):
            yield self._problem(lines[name], name, "is not defined")
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Attribute):
                yield from self._attribute(node)
            elif isinstance(node, ast.Call):
                yield from self._call(node)

    def _attribute(self, node: ast.Attribute) -> Iterator[Problem]:
        owner = self._value(node.value)
        if not isinstance(owner, ModuleType) or hasattr(owner, node.attr) or _is_submodule(owner, node.attr):
            return
        yield self._problem(node.lineno, ast.unparse(node), f"{owner.__name__} has no {node.attr}")

    def _call(self, node: ast.Call) -> Iterator[Problem]:
        """The arguments fit the function, where that is one of the engine or of the assignment."""
        function = self._value(node.func)
        arguments: list[ast.expr] = node.args
        if isinstance(node.func, ast.Attribute) and node.func.attr == "call" and arguments:
            probe = self._value(arguments[0])
            if isinstance(probe, FunctionType) and probe.__module__ == self._probes.__name__:
                function = probe  # the sandbox gives it the student's program in place of its own name
        if not isinstance(function, FunctionType) or not self._is_ours(function):
            return
        if any(isinstance(one, ast.Starred) for one in arguments) or any(one.arg is None for one in node.keywords):
            return
        try:
            inspect.signature(function).bind(*arguments, **{str(one.arg): one.value for one in node.keywords})
        except TypeError as error:
            yield self._problem(node.lineno, f"{function.__name__}(…)", f"can't be called so: {error}")

    def _is_ours(self, function: FunctionType) -> bool:
        return function.__module__.startswith(_ENGINE) or Path(function.__code__.co_filename).is_relative_to(self._root)

    def _value(self, node: ast.expr) -> Any:
        """What a dotted name stands for, through modules only; None if that can't be said."""
        if isinstance(node, ast.Name):
            return None if node.id in self._local else self._known.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(owner := self._value(node.value), ModuleType):
            return getattr(owner, node.attr, None)
        return None

    def _problem(self, line: int, value: str, message: str) -> Problem:
        return Problem(self._shown, line, "", value, message)


def _is_submodule(owner: ModuleType, name: str) -> bool:
    try:
        return hasattr(owner, "__path__") and importlib.util.find_spec(f"{owner.__name__}.{name}") is not None
    except (ImportError, ValueError):
        return False


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes(child)


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that functions and classes look up in their module when they run."""
    given = {symbol.get_name() for scope in _scopes(table) for symbol in scope.get_symbols() if _gives(symbol)}
    for scope in _scopes(table):
        for symbol in scope.get_symbols():
            # of a function called `top` symtable says that all its own names are global, too
            if (
                symbol.is_global()
                and not symbol.is_local()
                and symbol.is_referenced()
                and symbol.get_name() not in given
            ):
                yield symbol.get_name()


def _gives(symbol: symtable.Symbol) -> bool:
    """``global name`` with an assignment."""
    return symbol.is_declared_global() and symbol.is_assigned()


def _local_names(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that some function has for itself: there they may be anything."""
    for scope in _scopes(table):
        yield from (symbol.get_name() for symbol in scope.get_symbols() if symbol.is_local())


def _first_lines(tree: ast.Module, names: Collection[str]) -> dict[str, int]:
    """Where each name is read first, annotations aside: those are never looked up."""
    annotations = {
        part for node in ast.walk(tree) for annotation in _annotations(node) for part in ast.walk(annotation)
    }
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and node not in annotations:
            found[node.id] = min(node.lineno, found.get(node.id, node.lineno))
    return found


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for name in ("annotation", "returns"):
        if isinstance(value := getattr(node, name, None), ast.expr):
            yield value
