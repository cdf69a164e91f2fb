"""Which dotted paths the expressions of a module spell: ``F.relu`` is ``torch.nn.functional.relu``.

Names mean what they mean in their scope: a local variable says nothing of another function's, and a name of the module
is what those statements make of it on which the reader rests. A name bound several times may mean any of it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kafedra.grading.judge.scopes import FUNCTIONS, Scope, bind_all, walk
from kafedra.notebooks import ExtractedModule

Paths = frozenset[str]

NOWHERE: Final[Paths] = frozenset()
_LONGEST: Final = 500  # names made of names would grow without end
_MOST: Final = 16  # meanings of one name
_IMPORTERS: Final = frozenset(
    {"__import__", "import_module", "importlib.import_module", "pkgutil.resolve_name", "pydoc.locate"}
)
_GETTERS: Final = frozenset({"operator.attrgetter"})


class Spelling:
    """The expressions of a module with the paths that they spell."""

    def __init__(self, module: ExtractedModule) -> None:
        self._module = module
        self._known: dict[ast.expr, Paths] = {}
        self._asked = set[tuple[Scope, str]]()
        # the modules of which any name may be meant: `from module import *`
        self.starred = frozenset(
            part.module
            for part in ast.walk(module.tree)
            if isinstance(part, ast.ImportFrom) and part.module and part.names[0].name == "*"
        )
        self._globals: list[Mapping[str, Paths]] = []
        for number, node in enumerate(module.tree.body):
            self._globals.append(self._made_by(number, node))

    def expressions(self, number: int) -> Iterator[tuple[ast.expr, Paths]]:
        """Every expression of a statement, and what it spells."""
        body = self._module.tree.body[number]
        for node, scope in walk(body, Scope(number)):
            if isinstance(node, ast.expr):
                yield node, self._paths(node, scope)

    def of(self, node: ast.expr) -> Paths:
        """What an expression spells that :meth:`expressions` has come to, or a part of it."""
        return self._known.get(node, NOWHERE)

    def _made_by(self, number: int, node: ast.stmt) -> Mapping[str, Paths]:
        """What the names mean that a statement of the module binds."""
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            return {}
        outside, own = Scope(number), Scope(number)
        bind_all(own, [node], outside)
        return {name: self._meaning(own, name) for name, meanings in own.bound.items() if meanings}

    def _global(self, number: int, name: str) -> Paths:
        """What a statement reads under a name of the module."""
        found = set[str]()
        waiting, seen = [number], {number}
        while waiting:
            for other in self._module.reads[waiting.pop()]:
                if other not in seen and other < len(self._globals) and name in self._module.defines[other]:
                    seen.add(other)
                    found |= self._globals[other].get(name, NOWHERE)
                    if name in self._module.partial[other]:
                        waiting.append(other)
        return _few(found)

    def _name(self, name: str, scope: Scope) -> Paths:
        first, current = True, scope
        while current.outer is not None:
            if name in current.bound and (first or not current.is_class):
                return self._meaning(current, name)
            first, current = False, current.outer
        return self._global(current.number, name)

    def _meaning(self, scope: Scope, name: str) -> Paths:
        if (scope, name) in self._asked:  # `r = r.relu`
            return NOWHERE
        self._asked.add((scope, name))
        found = set[str]()
        for meaning in scope.bound[name]:
            if isinstance(meaning, str):
                found.add(meaning)
            else:
                expression, where, attribute = meaning
                paths = self._paths(expression, where)
                found |= _joined(paths, attribute) if attribute else paths
        self._asked.discard((scope, name))
        return _few(found)

    def _paths(self, node: ast.expr, scope: Scope) -> Paths:
        chain = [node]
        while isinstance(node, ast.Attribute) and node not in self._known:
            node = node.value
            chain.append(node)
        paths = self._known.get(node)
        if paths is None:
            paths = self._known[node] = self._spelled(node, scope)
        for outer in reversed(chain[:-1]):
            assert isinstance(outer, ast.Attribute)
            paths = self._known[outer] = _joined(paths, outer.attr)
        return paths

    def _spelled(self, node: ast.expr, scope: Scope) -> Paths:
        if isinstance(node, ast.Name):
            return self._name(node.id, scope)
        if isinstance(node, ast.Call):
            return self._by_call(node, scope)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            return self._item(node.value, node.slice.value, scope)
        if isinstance(node, ast.NamedExpr):
            return self._paths(node.value, scope)
        if isinstance(node, ast.IfExp):
            return _few(self._paths(node.body, scope) | self._paths(node.orelse, scope))
        return NOWHERE

    def _by_call(self, node: ast.Call, scope: Scope) -> Paths:
        """``getattr(torch, "relu")``, ``import_module("torch")``, and ``super(torch.Tensor, x)``."""
        names = {node.func.id} if isinstance(node.func, ast.Name) else self._paths(node.func, scope)
        if isinstance(node.func, ast.Call) and node.args:
            return self._got(node.func, node.args[0], scope)
        constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        text = constants[0] if constants and isinstance(constants[0], str) else None
        if "super" in names and node.args:
            return self._paths(node.args[0], scope)
        if text is None:
            return NOWHERE
        if "getattr" in names and len(node.args) >= 2:
            return _joined(self._paths(node.args[0], scope), text)
        return frozenset({text.replace(":", ".")[:_LONGEST]}) if names & _IMPORTERS else NOWHERE

    def _got(self, getter: ast.Call, owner: ast.expr, scope: Scope) -> Paths:
        """``attrgetter("nn.ReLU")(torch)``."""
        path = getter.args[0].value if getter.args and isinstance(getter.args[0], ast.Constant) else None
        if isinstance(path, str) and self._paths(getter.func, scope) & _GETTERS:
            return _joined(self._paths(owner, scope), path)
        return NOWHERE

    def _item(self, node: ast.expr, name: Any, scope: Scope) -> Paths:
        """``vars(torch)["relu"]``, ``torch.__dict__["relu"]`` and ``sys.modules["torch"]``."""
        if isinstance(name, str) and "sys.modules" in self._paths(node, scope):
            return frozenset({name[:_LONGEST]})
        owner: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars" and node.args:
            owner = node.args[0]
        elif isinstance(node, ast.Attribute) and node.attr == "__dict__":
            owner = node.value
        return _joined(self._paths(owner, scope), name) if owner is not None and isinstance(name, str) else NOWHERE


def _joined(owners: Paths, name: str) -> Paths:
    return frozenset(f"{owner}.{name}"[:_LONGEST] for owner in owners)


def _few(paths: set[str] | Paths) -> Paths:
    return frozenset(sorted(paths)[:_MOST]) if len(paths) > _MOST else frozenset(paths)
