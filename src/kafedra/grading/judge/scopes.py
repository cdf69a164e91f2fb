"""The scopes of a statement and what each binds: a local variable says nothing of another function's."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NAMED: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)


@dataclass(eq=False)
class Scope:
    """The names of one function, class or comprehension, or of one statement of the module."""

    number: int
    outer: Scope | None = None
    is_class: bool = False
    bound: dict[str, list[str | tuple[ast.expr, Scope, str]]] = field(default_factory=dict)

    def binds(self, name: str, meaning: str | tuple[ast.expr, Scope, str] | None = None) -> None:
        """``meaning`` is a path, or an expression, its scope and what is taken of it."""
        meanings = self.bound.setdefault(name, [])
        if meaning is not None:
            meanings.append(meaning)


def walk(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    """Every node below ``node`` with its scope. Without recursion: expressions may be as deep as a stranger likes."""
    waiting = [(node, scope)]
    while waiting:
        current, where = waiting.pop()
        yield current, where
        if isinstance(current, (*FUNCTIONS, ast.ClassDef, *_COMPREHENSIONS)):
            outside, inside = _parts(current)
            inner = Scope(where.number, where, isinstance(current, ast.ClassDef))
            bind_all(inner, inside, where)
            if isinstance(current, FUNCTIONS):
                _bind_parameters(inner, current.args, where)
            waiting += [(part, where) for part in outside]
            waiting += [(part, inner) for part in inside]
        else:
            waiting += [(part, where) for part in ast.iter_child_nodes(current)]


def _parts(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """What of a definition is evaluated around it, and what is in its own scope."""
    if isinstance(node, ast.Lambda):
        return [node.args], [node.body]
    if isinstance(node, _COMPREHENSIONS):
        return [], list(ast.iter_child_nodes(node))
    body: list[ast.AST] = list(node.body)  # type: ignore[attr-defined]  # functions and classes
    inside = {id(part) for part in body}
    return [part for part in ast.iter_child_nodes(node) if id(part) not in inside], body


def _bind_parameters(scope: Scope, arguments: ast.arguments, outer: Scope) -> None:
    positional = [*arguments.posonlyargs, *arguments.args]
    for one in (*positional, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if one is not None:
            scope.binds(one.arg)
    defaults = zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True)
    by_word = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for one, default in (*defaults, *by_word):
        if default is not None:
            scope.binds(one.arg, (default, outer, ""))


def bind_all(scope: Scope, nodes: Sequence[ast.AST], outer: Scope) -> None:
    """Note what the nodes bind in ``scope``; at the module's level their expressions are read from ``outer``."""
    inside = scope if scope.outer is not None else outer
    elsewhere = set[str]()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            elsewhere.update(node.names)
        else:
            _bind(scope, node, inside)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            waiting += _parts(node)[0]
        elif not isinstance(node, _COMPREHENSIONS):
            waiting += ast.iter_child_nodes(node)
    for name in elsewhere:
        scope.bound.pop(name, None)


def _bind(scope: Scope, node: ast.AST, inside: Scope) -> None:
    if isinstance(node, ast.Import | ast.ImportFrom):
        _bind_import(scope, node)
    elif isinstance(node, ast.Match):
        _bind_patterns(scope, node, inside)
    elif (name := _name_bound_by(node)) is not None:
        scope.binds(name)
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            _bind_target(scope, target, node.value, inside)


def _bind_import(scope: Scope, node: ast.Import | ast.ImportFrom) -> None:
    for alias in node.names:
        if isinstance(node, ast.Import):
            bound = alias.asname or alias.name.partition(".")[0]
            scope.binds(bound, alias.name if alias.asname else bound)
        else:
            known = node.module and not node.level and alias.name != "*"
            scope.binds(alias.asname or alias.name, f"{node.module}.{alias.name}" if known else None)


def _name_bound_by(node: ast.AST) -> str | None:
    """A name that the node binds to something of which nothing is known."""
    if isinstance(node, ast.Name):
        return node.id if not isinstance(node.ctx, ast.Load) else None
    return node.name if isinstance(node, _NAMED) else None


def _bind_target(scope: Scope, target: ast.expr, value: ast.expr, inside: Scope) -> None:
    """``a = torch`` and ``a, b = torch, None``."""
    if isinstance(target, ast.Name):
        scope.binds(target.id, (value, inside, ""))
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for one, other in zip(target.elts, value.elts, strict=False):
            _bind_target(scope, one, other, inside)


def _bind_patterns(scope: Scope, node: ast.Match, inside: Scope) -> None:
    """``match torch: case object(ops=library)`` binds ``torch.ops``."""
    for case in node.cases:
        pattern = case.pattern
        if isinstance(pattern, ast.MatchAs) and pattern.name and pattern.pattern is None:
            scope.binds(pattern.name, (node.subject, inside, ""))
        elif isinstance(pattern, ast.MatchClass):
            for attribute, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
                if isinstance(part, ast.MatchAs) and part.name:
                    scope.binds(part.name, (node.subject, inside, attribute))
