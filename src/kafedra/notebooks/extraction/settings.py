"""Statements that set how everything after them computes: ``sys.setrecursionlimit(10**6)``.

They define nothing, and a solution that is right in the notebook may rest on them.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kafedra.notebooks.extraction.scopes import running

# calls by their full name, and attributes of what such a call returns
_CALLS: Final = frozenset(
    "sys.setrecursionlimit sys.set_int_max_str_digits threading.stack_size decimal.setcontext numpy.seterr "
    "torch.set_default_dtype torch.set_default_tensor_type torch.use_deterministic_algorithms".split()
)
_ATTRIBUTES_OF: Final = frozenset({"decimal.getcontext"})


class Settings:
    """Which statements of a notebook are settings, by what its imports call things."""

    def __init__(self, nodes: Iterable[ast.stmt]) -> None:
        self._imported = dict(pair for node in nodes for pair in _imported(node))

    def modules(self, node: ast.stmt) -> frozenset[str] | None:
        """The modules that a setting speaks of, by their first names; None if the statement is no setting.

        It may name nothing but what is imported: a value computed in the notebook would bring along all it rests on.
        """
        full = self._full_name(node)
        if full is None:
            return None
        names = {part.id for part in running(node) if isinstance(part, ast.Name)}
        if not names <= self._imported.keys():
            return None
        return frozenset(self._imported[name].partition(".")[0] for name in names)

    def _full_name(self, node: ast.stmt) -> str | None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = _dotted(node.value.func, self._imported)
            return called if called in _CALLS else None
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Attribute):
            owner = node.targets[0].value
            called = _dotted(owner.func, self._imported) if isinstance(owner, ast.Call) else None
            return called if called in _ATTRIBUTES_OF else None
        return None


def is_always_there(module: str) -> bool:
    """Python brings it along: importing it for a setting alone costs nothing and can't fail."""
    return module in sys.stdlib_module_names


def _imported(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        yield from ((one.asname or one.name.partition(".")[0], one.name if one.asname else one.name.partition(".")[0])
                    for one in node.names)  # fmt: skip
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)


def _dotted(expression: ast.expr, imported: Mapping[str, str]) -> str | None:
    parts = list[str]()
    while isinstance(expression, ast.Attribute):
        parts.append(expression.attr)
        expression = expression.value
    if not isinstance(expression, ast.Name) or expression.id not in imported:
        return None
    return ".".join([imported[expression.id], *reversed(parts)])
