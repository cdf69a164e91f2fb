"""Values that take the place of a function: after ``sum = 0`` nobody can call ``sum`` any more."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import Final

from kafedra.notebooks.extraction.cells import Piece
from kafedra.notebooks.extraction.dependencies import Dependencies
from kafedra.notebooks.extraction.statements import Statement
from kafedra.notebooks.messages import Note

_VALUES: Final = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.BinOp, ast.UnaryOp, ast.Compare,
)  # fmt: skip
_GIVING_VALUES: Final = frozenset(
    "abs dict float input int len list max min open range round set sorted str sum tuple".split()
)
_CALLED: Final = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def hiding(graph: Dependencies) -> Iterator[tuple[int, Note]]:
    """Statements taken along, by index, that give another value to a name which the solution calls or looks into."""
    called = {name for index in graph.taken for name in _called(graph.statements[index].node)}
    latest = dict[str, Statement]()  # what has been called so, above
    for index, statement in enumerate(graph.statements):
        if isinstance(statement.node, _CALLED):
            latest |= dict.fromkeys(statement.defines & called, statement)
        elif graph.is_taken(index):
            for name in sorted(statement.defines & called):
                if _is_value(statement.node, name) and (note := _note(statement.piece, name, latest.get(name))):
                    yield index, note


def _note(piece: Piece, name: str, earlier: Statement | None) -> Note | None:
    if earlier is not None:
        where = earlier.piece.headline.rstrip(" :")
        return Note("hides-own", {"name": name, "text": piece.headline, "earlier": where}, piece.place)
    if callable(getattr(builtins, name, None)):
        return Note("hides-builtin", {"name": name, "text": piece.headline}, piece.place)
    return None


def _called(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        owner = part.func if isinstance(part, ast.Call) else part.value if isinstance(part, ast.Attribute) else None
        if isinstance(owner, ast.Name):
            yield owner.id


def _is_value(node: ast.stmt, name: str) -> bool:
    """The statement sets ``name`` to something that is no function for sure; ``X = X()`` is no class any more."""
    if not isinstance(node, ast.Assign) or not any(
        isinstance(one, ast.Name) and one.id == name for one in node.targets
    ):
        return False
    value = node.value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id == name or value.func.id in _GIVING_VALUES
    return isinstance(value, _VALUES)
