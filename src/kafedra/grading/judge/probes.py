"""Which of the student's names a probe uses, read off the probe's own text.

The judge decides from this what a missing or forbidden definition costs; the sandbox is not asked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any


class ProbeIndex:
    """The functions of a ``probes.py`` and the names each reaches through its first parameter."""

    def __init__(self, text: str) -> None:
        functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
        own = {name: _student_names(node) for name, node in functions.items()}
        calls = {name: _mentions(node) & functions.keys() for name, node in functions.items()}
        self._names = {name: self._close(name, own, calls) for name in functions}

    def names_used(self, probe: str, arguments: Iterable[Any], required: Iterable[str]) -> list[str]:
        """The required names that this call needs: spelled in the probe, or passed to it as a string."""
        spelled = self._names.get(probe, set())
        passed = {argument for argument in arguments if isinstance(argument, str)}
        return [name for name in required if name in spelled or name in passed]

    @staticmethod
    def _close(name: str, own: Mapping[str, set[str]], calls: Mapping[str, set[str]]) -> set[str]:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(calls[current])
        return set().union(*(own[function] for function in seen))


def _student_names(function: ast.FunctionDef) -> set[str]:
    parameters = [*function.args.posonlyargs, *function.args.args]
    if not parameters:
        return set()
    student = parameters[0].arg
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute | ast.Subscript) and _is_name(node.value, student):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                names.add(node.slice.value)
    return names


def _mentions(function: ast.FunctionDef) -> set[str]:
    """The names that the function takes from its file; its own parameters and variables may be spelled alike."""
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    return {node.id for node in names} - own


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
