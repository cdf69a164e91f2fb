"""A cell of code as statements: what each one defines, changes and needs.

Nothing is run.
"""

from __future__ import annotations

import ast
import itertools
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.ipython import foreign_cell, without_magics
from kafedra.notebooks.messages import Note
from kafedra.notebooks.reading import CodeCell
from kafedra.notebooks.scopes import PARSE_ERRORS, Names

# one f-string of N expressions takes the parser time that grows as N squared
_MAX_CELL: Final = 100_000
_MAX_BRACES: Final = 5_000
_MAX_UNREAD: Final = 500

# what a line at the left edge defines, where there is no tree to ask
_BINDING: Final = re.compile(
    r"^(?:(?:class|def|async[ ]def)[ ]+(?P<defined>\w{1,80})|(?P<set>\w{1,80})[ ]*=(?!=))", re.MULTILINE
)

_BLOCKS: Final = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match)
_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_DEFINITIONS: Final = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.AugAssign,
    ast.Import, ast.ImportFrom, *_BLOCKS,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Statement:
    """A top-level statement that defines something.

    ``needs_now`` are the names it reads while it runs, ``needs_later`` those that the functions in it
    read when they are called. ``partial``: it changes its names, or may leave them alone (``X += 1``,
    ``if``, ``MyReLU.forward = f``), so whatever defined them before belongs with it.
    """

    cell: int
    line: int
    text: str
    node: ast.stmt
    defines: frozenset[str]
    needs_now: frozenset[str]
    needs_later: frozenset[str]
    partial: bool

    @property
    def is_future_import(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and self.node.module == "__future__"

    @property
    def is_star_import(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and any(alias.name == "*" for alias in self.node.names)


@dataclass(frozen=True)
class CellContents:
    """The statements of one cell, the names that only its loops set, and what was left out and why.

    ``unread`` are the names that a cell which can't be read defines, as far as its lines show.
    """

    statements: tuple[Statement, ...] = ()
    set_in_loops: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    unread: frozenset[str] = frozenset()


def parse_cell(cell: CodeCell) -> CellContents:
    """The definitions in ``cell``. Never raises: what cannot be read becomes a note."""
    if len(cell.source) > _MAX_CELL or cell.source.count("{") > _MAX_BRACES:
        return _skipped(cell, "cell-large")
    if magic := foreign_cell(cell.source):
        return _skipped(cell, "cell-magic", magic=magic)
    try:
        source, tree = _parse(cell.source)
    except SyntaxError as error:
        return _skipped(cell, "cell-syntax", line=error.lineno or 1, reason=error.msg)
    except PARSE_ERRORS as error:
        return _skipped(cell, "cell-unreadable", reason=type(error).__name__)
    return _contents(cell.number, source, tree)


def _skipped(cell: CodeCell, code: str, **params: str | int) -> CellContents:
    found = _BINDING.finditer(textwrap.dedent(cell.source[:_MAX_CELL]))
    names = frozenset(match["defined"] or match["set"] for match in itertools.islice(found, _MAX_UNREAD))
    return CellContents(notes=(Note(code, {"cell": cell.number, **params}),), unread=names)


def _parse(source: str) -> tuple[str, ast.Module]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our warning
        try:
            return source, ast.parse(source)
        except SyntaxError:
            source = without_magics(textwrap.dedent(source))  # IPython takes an indented cell, too
            return source, ast.parse(source)


def _contents(cell: int, source: str, tree: ast.Module) -> CellContents:
    lines = source.split("\n")
    statements, loops, notes = list[Statement](), set[str](), list[Note]()
    for node in tree.body:
        if not isinstance(node, _DEFINITIONS + _LOOPS) or _only_annotates(node):
            continue
        text, line = _text(lines, node), _first_line(node)
        try:
            names = Names.of(text)
        except PARSE_ERRORS as error:
            reason = error.msg if isinstance(error, SyntaxError) else type(error).__name__
            where: dict[str, str | int] = {"cell": cell, "line": line}
            notes.append(Note("statement-unusable", {**where, "text": _headline(text), "reason": reason}))
            continue
        if isinstance(node, _LOOPS):
            loops |= names.defined
        else:
            statements += _statements(cell, line, text, node, names)
    return CellContents(tuple(statements), frozenset(loops), tuple(notes))


def _statements(cell: int, line: int, text: str, node: ast.stmt, names: Names) -> Iterator[Statement]:
    if isinstance(node, ast.Import) and len(node.names) > 1:
        # `import torch, wandb`: the solution needs one of them, the sandbox has no other
        for alias in node.names:
            alone = ast.Import([alias])
            bound = frozenset({alias.asname or alias.name.split(".")[0]})
            yield Statement(cell, line, ast.unparse(alone), alone, bound, frozenset(), frozenset(), True)
        return
    changed = frozenset(_changed_roots(node))
    # `import a.b` after `import a.c` adds to the same `a`
    partial = bool(changed) or isinstance(node, (*_BLOCKS, ast.AugAssign, ast.Import))
    defines = names.defined | changed
    # a block reads what it has set itself; what it may leave alone comes in through `partial`
    now = names.now - names.defined if isinstance(node, _BLOCKS) else names.now
    yield Statement(cell, line, text, node, defines, now, names.later, partial)


def _only_annotates(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and node.value is None


def _changed_roots(node: ast.stmt) -> Iterator[str]:
    """``MyReLU`` for ``MyReLU.forward = f`` and ``TABLE["x"] = 1``."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return
    for target in targets:
        root: ast.expr = target
        while isinstance(root, ast.Attribute | ast.Subscript):
            root = root.value
        if root is not target and isinstance(root, ast.Name):
            yield root.id


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _headline(text: str) -> str:
    return text.split("\n")[0].strip()[:60]


def _text(lines: list[str], node: ast.stmt) -> str:
    """The statement's own text; columns are in bytes of UTF-8."""
    first, last = _first_line(node), node.end_lineno or node.lineno
    chosen = lines[first - 1 : last]
    chosen[-1] = chosen[-1].encode()[: node.end_col_offset].decode()
    if first == node.lineno:  # after `a = 1;` a statement begins in the middle of its line
        chosen[0] = chosen[0].encode()[node.col_offset :].decode()
    return "\n".join(chosen)
