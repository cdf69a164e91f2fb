"""Names that a statement sets by what they are called: ``globals()["SCALE"] = 2``, ``exec("SCALE = 2")``.

Python's symbol tables know nothing of these. They are read where they stand written out; a name that is put together as
the notebook runs is nobody's to foresee.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from kafedra.notebooks.extraction.scopes import Names

_TABLES: Final = frozenset({"globals", "locals", "vars"})  # at the top level of a notebook they are the same
_SETTING: Final = frozenset({"update", "setdefault", "__setitem__"})


def may_set_by_name(node: ast.stmt) -> bool:
    """Whether it is a call of the kind; what it sets, if anything, :func:`set_by_name` reads."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and (_runs_text(call) or _changes_table(call))


def set_by_name(node: ast.stmt) -> Names | None:
    """What a top-level statement sets in such a way, and what it reads then; None if it sets nothing.

    Raises one of ``PARSE_ERRORS`` if the text that it runs would not compile.
    """
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return _set(name for target in targets for name in _keys(target))
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call):
        return None
    if _runs_text(call):
        return next((Names.of(text) for text in _text(call.args[0])), None)
    return _set(_given(call)) if _changes_table(call) else None


def _runs_text(call: ast.Call) -> bool:
    """``exec("…")``, ``exec("…", globals())``: in no namespace but the notebook's."""
    here = bool(call.args) and not call.keywords and all(_is_table(one) for one in call.args[1:])
    return here and isinstance(call.func, ast.Name) and call.func.id == "exec"


def _changes_table(call: ast.Call) -> bool:
    """``globals().update(…)``"""
    return isinstance(call.func, ast.Attribute) and call.func.attr in _SETTING and _is_table(call.func.value)


def _set(names: Iterator[str]) -> Names | None:
    found = frozenset(name for name in names if name.isidentifier())
    return Names(found, frozenset(), frozenset()) if found else None


def _is_table(node: ast.expr) -> bool:
    """``globals()``"""
    function = node.func if isinstance(node, ast.Call) and not node.args else None
    return isinstance(function, ast.Name) and function.id in _TABLES


def _keys(target: ast.expr) -> Iterator[str]:
    """``globals()["a"], b = …``"""
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    for part in parts:
        if isinstance(part, ast.Subscript) and _is_table(part.value):
            yield from _text(part.slice)


def _given(call: ast.Call) -> Iterator[str]:
    """``globals().update(a=1)``, ``globals().update({"a": 1})``, ``globals().setdefault("a", 1)``"""
    yield from (word.arg for word in call.keywords if word.arg is not None)
    for argument in call.args[:1]:
        if isinstance(argument, ast.Dict):
            for key in argument.keys:
                yield from _text(key)
        elif isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name) and argument.func.id == "dict":
            yield from (word.arg for word in argument.keywords if word.arg is not None)
        else:
            yield from _text(argument)


def _text(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
