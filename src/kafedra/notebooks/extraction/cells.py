"""A cell of code in pieces: its top-level statements, each with its own text. What can't be read is said."""

from __future__ import annotations

import ast
import itertools
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.extraction.ipython import foreign_cell, without_magics
from kafedra.notebooks.extraction.scopes import PARSE_ERRORS
from kafedra.notebooks.messages import Note
from kafedra.notebooks.places import Place
from kafedra.notebooks.reading import CodeCell

# one f-string of N expressions takes the parser time that grows as N squared
_MAX_CELL: Final = 100_000
_MAX_BRACES: Final = 5_000
_MAX_UNREAD: Final = 500
_HEADLINE: Final = 60

# what a line at the left edge defines, where there is no tree to ask
_BINDING: Final = re.compile(
    r"^(?:(?:class|def|async[ ]def)[ ]+(?P<defined>\w{1,80})|(?P<set>\w{1,80})[ ]*=(?!=))", re.MULTILINE
)


@dataclass(frozen=True, eq=False)
class Piece:
    """A top-level statement: its ``text``, of which the first line is ``line`` of the ``cell``, and its tree."""

    cell: CodeCell
    line: int
    text: str
    node: ast.stmt

    @property
    def place(self) -> Place:
        return self.cell.place(self.line)

    @property
    def headline(self) -> str:
        """The beginning of the statement, to be recognised by."""
        return self.text.split("\n")[0].strip()[:_HEADLINE]

    def instead(self, text: str, node: ast.stmt) -> Piece:
        """Another statement in the same place."""
        return Piece(self.cell, self.line, text, node)


@dataclass(frozen=True)
class CellContents:
    """What was read of one cell, and what was left out and why.

    ``unread`` are the names that a cell which can't be read defines, as far as its lines show.
    """

    pieces: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: frozenset[str] = frozenset()


def parse_cell(cell: CodeCell) -> CellContents:
    """The statements in ``cell``."""
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
    return CellContents(tuple(_pieces(cell, source, tree)))


def _skipped(cell: CodeCell, code: str, **params: str | int) -> CellContents:
    note = Note(code, {"cell": cell.number, **params}, cell.place(int(params.get("line", 1))))
    return CellContents(notes=(note,), unread=defined_at_the_edge(cell.source))


def defined_at_the_edge(text: str) -> frozenset[str]:
    """The names that lines at the left edge of ``text`` define."""
    found = _BINDING.finditer(textwrap.dedent(text[:_MAX_CELL]))
    return frozenset(match["defined"] or match["set"] for match in itertools.islice(found, _MAX_UNREAD))


def _parse(source: str) -> tuple[str, ast.Module]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our warning
        try:
            return source, ast.parse(source)
        except SyntaxError:
            source = without_magics(textwrap.dedent(source))  # IPython takes an indented cell, too
            return source, ast.parse(source)


def _pieces(cell: CodeCell, source: str, tree: ast.Module) -> Iterator[Piece]:
    lines = source.split("\n")
    for node in tree.body:
        yield Piece(cell, _first_line(node), _text(lines, node), node)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _text(lines: list[str], node: ast.stmt) -> str:
    """The statement's own text; columns are in bytes of UTF-8."""
    first, last = _first_line(node), node.end_lineno or node.lineno
    chosen = lines[first - 1 : last]
    chosen[-1] = chosen[-1].encode()[: node.end_col_offset].decode()
    if first == node.lineno:  # after `a = 1;` a statement begins in the middle of its line
        chosen[0] = chosen[0].encode()[node.col_offset :].decode()
    return "\n".join(chosen)
