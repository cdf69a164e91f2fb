"""The statements of a notebook that may matter: what each one defines, changes and needs. Nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kafedra.notebooks.extraction.by_name import may_set_by_name, set_by_name
from kafedra.notebooks.extraction.cells import Piece
from kafedra.notebooks.extraction.changes import Change, Changes
from kafedra.notebooks.extraction.scopes import PARSE_ERRORS, Names, running
from kafedra.notebooks.extraction.settings import Settings
from kafedra.notebooks.messages import Note

_BLOCKS: Final = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match)
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_DEFINITIONS: Final = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.AugAssign,
    ast.Import, ast.ImportFrom, *_BLOCKS,
)  # fmt: skip
# what the compiler says of code that only a cell of Jupyter may hold outside of functions
_AWAITS: Final = re.compile(r"'(?:await|async \w+)' outside|asynchronous comprehension outside")
_NOTHING: Final = frozenset[str]()


@dataclass(frozen=True, eq=False)
class Statement:
    """A top-level statement that defines something, or changes it in place.

    ``needs_now`` are the names it reads while it runs, ``needs_later`` those that the functions in it read when they
    are called; of ``stores_only`` it reads nothing, it only puts something in. ``partial`` are the names that it
    changes or may leave alone (``X += 1``, ``if``, ``MyReLU.forward = f``), so that whatever defined them before
    belongs with it; ``registers`` are those that it only enters itself into. ``mere_change``: it binds no name of its
    own, so that the others stand without it. ``binds_by_call``: a function that it calls makes these, by ``global``.
    ``sets_up``: it defines nothing and sets how all the rest computes; these are the modules that it speaks of.
    """

    piece: Piece
    defines: frozenset[str]
    needs_now: frozenset[str]
    needs_later: frozenset[str]
    partial: frozenset[str] = _NOTHING
    registers: frozenset[str] = _NOTHING
    stores_only: frozenset[str] = _NOTHING
    mere_change: bool = False
    binds_by_call: frozenset[str] = _NOTHING
    sets_up: frozenset[str] | None = None

    @property
    def node(self) -> ast.stmt:
        return self.piece.node

    @property
    def is_future_import(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and self.node.module == "__future__"

    @property
    def is_star_import(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and any(alias.name == "*" for alias in self.node.names)


@dataclass
class LeftBehind:
    """What is not taken: names that only loops set, statements that change names and do more, broken statements.

    ``unusable`` says of the names that a broken statement would set what is wrong with it.
    """

    set_in_loops: dict[str, Piece] = field(default_factory=dict)
    changing: list[tuple[frozenset[str], Piece]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unusable: dict[str, Note] = field(default_factory=dict)


def statements_of(pieces: Sequence[Piece]) -> tuple[list[Statement], LeftBehind]:
    """What may be taken of a notebook, in its order, and what may not."""
    nodes = [piece.node for piece in pieces]
    changes, settings, left = Changes.among(nodes), Settings(nodes), LeftBehind()
    taken = list[Statement]()
    for piece in pieces:
        change = changes.of(piece.node)
        if (modules := settings.modules(piece.node)) is not None:
            taken.append(_setting(piece, modules))
        elif _is_of_interest(piece.node, change):
            try:
                taken += _read(piece, change, left)
            except PARSE_ERRORS as error:
                reason = error.msg if isinstance(error, SyntaxError) else type(error).__name__
                code = "statement-awaits" if _AWAITS.search(reason) else "statement-unusable"
                note = Note(code, {"text": piece.headline, "reason": reason}, piece.place)
                left.notes.append(note)
                left.unusable |= dict.fromkeys(_stored(piece.node), note)
    return taken, left


def _stored(node: ast.stmt) -> Iterator[str]:
    """The names that a statement would set, where the compiler can't be asked."""
    for part in running(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name


def _setting(piece: Piece, modules: frozenset[str]) -> Statement:
    names = frozenset(part.id for part in running(piece.node) if isinstance(part, ast.Name))
    return Statement(piece, _NOTHING, names, _NOTHING, mere_change=True, sets_up=modules)


def _is_of_interest(node: ast.stmt, change: Change) -> bool:
    if isinstance(node, ast.AnnAssign) and node.value is None:
        return False  # an annotation alone defines nothing
    plain = bool(change.names) or _assigns_by_the_way(node) or may_set_by_name(node)
    return plain or isinstance(node, _DEFINITIONS + _LOOPS)


def _assigns_by_the_way(node: ast.stmt) -> bool:
    """``print(n := 10)``"""
    plain = isinstance(node, ast.Expr | ast.Assert)
    return plain and any(isinstance(part, ast.NamedExpr) for part in running(node))


def _read(piece: Piece, change: Change, left: LeftBehind) -> Iterator[Statement]:
    node, names = piece.node, Names.of(piece.text)
    if isinstance(node, ast.Import) and len(node.names) > 1:
        yield from _one_by_one(piece, node)
        return
    changed = change.names | change.registers
    binds = names.defined if isinstance(node, _DEFINITIONS) or _assigns_by_the_way(node) else _NOTHING
    if (others := set_by_name(node)) is not None:
        binds |= others.defined
        names = Names(names.defined | others.defined, names.now | others.now, names.later | others.later)
    if isinstance(node, _LOOPS):
        left.set_in_loops |= dict.fromkeys(names.defined, piece)
    if not change.whole and not binds >= change.names:
        left.changing.append((change.names - binds, piece))
        changed = _NOTHING
    if not changed and not binds and not isinstance(node, ast.ImportFrom):  # what a star brings in nobody knows
        return
    # `import a.b` after `import a.c` adds to the same `a`
    maybe = binds if isinstance(node, (*_BLOCKS, ast.AugAssign, ast.Import)) else _NOTHING
    # a block reads what it has set itself; what it may leave alone comes in through `partial`
    now = names.now - names.defined if isinstance(node, (*_BLOCKS, *_LOOPS)) else names.now
    yield Statement(
        piece,
        defines=binds | changed,
        needs_now=now,
        needs_later=names.later,
        partial=changed | maybe,
        registers=change.registers & changed,
        stores_only=_stored_only(node) if change.registers or names.later else _NOTHING,
        mere_change=not binds,
        binds_by_call=change.binds & changed,
    )


def _one_by_one(piece: Piece, node: ast.Import) -> Iterator[Statement]:
    """``import torch, wandb``: the solution needs one of them, the sandbox has no other."""
    for alias in node.names:
        alone = ast.Import([alias])
        bound = frozenset({alias.asname or alias.name.split(".")[0]})
        yield Statement(piece.instead(ast.unparse(alone), alone), bound, _NOTHING, _NOTHING, partial=bound)


def _stored_only(node: ast.stmt) -> frozenset[str]:
    """Tables into which the statement, or a function in it, puts something, and from which it takes nothing."""
    stores = set[int]()
    for part in ast.walk(node):
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
            table = part.value
            while isinstance(table, ast.Attribute):  # the table of a class: `Shape.kinds["round"] = …`
                table = table.value
            stores.add(id(table))
    for decorator in getattr(node, "decorator_list", []):
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            stores.add(id(target.value))
    if isinstance(node, ast.ClassDef):  # a class that is extended is not asked what else extends it
        stores |= {id(base) for base in node.bases}
    read = [part for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)]
    return frozenset(part.id for part in read if id(part) in stores) - {
        part.id for part in read if id(part) not in stores
    }
