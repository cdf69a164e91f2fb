"""A cell of code in pieces: its top-level statements, each with its own text. What can't be read is said."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.edges import defined_at_the_edge
from kafedra.notebooks.extraction.ipython import (
    FORGET,
    RUN_ELSEWHERE,
    Command,
    foreign_cell,
    without_magics,
    without_prompts,
)
from kafedra.notebooks.extraction.lookalikes import as_latin
from kafedra.notebooks.extraction.scopes import PARSE_ERRORS
from kafedra.notebooks.extraction.syntax import unreadable, without_invisible
from kafedra.notebooks.messages import Note
from kafedra.notebooks.places import Place
from kafedra.notebooks.reading import CodeCell

# one f-string of N expressions takes the parser time that grows as N squared
_MAX_CELL: Final = 100_000
_MAX_BRACES: Final = 5_000
_HEADLINE: Final = 60

# jdc's `%%add_to MyReLU`: the functions of the cell become methods of the class. What comes after the name stays, so
# that lines keep their numbers
_ADDITION: Final = re.compile(r"\s*%%add_to[ \t]+(?P<cls>[\w.]+)[ \t]*")
_WRITTEN: Final = re.compile(r"\s*%%(?:writefile|file)[ \t]+(?:-a[ \t]+)?(\S+)")
ADDED_TO: Final = "__added_to__"  # there when the module runs


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

    ``unread`` are the names that a cell which can't be read defines, as far as its lines show. ``commands`` are lines
    for the notebook itself.
    """

    pieces: tuple[Piece, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: frozenset[str] = frozenset()
    commands: tuple[tuple[Place, Command], ...] = ()


def parse_cell(cell: CodeCell) -> CellContents:
    """The statements in ``cell``."""
    if len(cell.source) > _MAX_CELL or cell.source.count("{") > _MAX_BRACES:
        return _skipped(cell, "cell-large")
    if (addition := _ADDITION.match(cell.source)) is not None:
        return _read(cell, cell.source[addition.end() :], addition["cls"])
    if magic := foreign_cell(cell.source):
        if (written := _WRITTEN.match(cell.source)) is not None:
            return _skipped(cell, "cell-written", file=written[1][:_HEADLINE])
        if magic in FORGET:
            return _skipped(cell, "cell-forgets", magic=magic)
        # a magic that nobody knows here (%%wandb) mostly runs the cell where it stands
        known = None if magic in RUN_ELSEWHERE else _read(cell, cell.source)
        return known if known is not None and known.pieces else _skipped(cell, "cell-magic", magic=magic)
    return _read(cell, cell.source)


def _read(cell: CodeCell, source: str, added_to: str | None = None) -> CellContents:
    """``added_to`` is the class that the functions of the cell become methods of."""
    notes = list[Note]()
    try:
        source, tree, commands = _parse(cell, source, notes)
    except SyntaxError as error:
        unread = defined_at_the_edge(as_latin(source))  # also of a class whose very «class» is misspelt
        return CellContents(notes=(unreadable(cell, source, error),), unread=unread)
    except PARSE_ERRORS as error:
        return _skipped(cell, "cell-unreadable", reason=type(error).__name__)
    pieces = _pieces(cell, source, tree)
    for command in commands:
        if command.bare:
            notes.append(Note("command", {"text": command.text[:_HEADLINE]}, cell.place(command.line)))
    return CellContents(
        pieces=tuple(_attached(piece, added_to) if added_to else piece for piece in pieces),
        notes=tuple(notes),
        commands=tuple((cell.place(command.line), command) for command in commands),
    )


def _attached(piece: Piece, cls: str) -> Piece:
    """A function of a ``%%add_to`` cell, with a decorator that makes a method of it."""
    if not isinstance(piece.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return piece
    text = f"@{ADDED_TO}({cls})\n{piece.text}"
    return Piece(piece.cell, piece.line - 1, text, ast.parse(text).body[0])


def _skipped(cell: CodeCell, code: str, **params: str | int) -> CellContents:
    note = Note(code, {"cell": cell.number, **params}, cell.place(1))
    return CellContents(notes=(note,), unread=defined_at_the_edge(cell.source))


def _parse(cell: CodeCell, source: str, notes: list[Note]) -> tuple[str, ast.Module, list[Command]]:
    """The tree and the text that it was made of, as IPython would read them. Raises one of ``PARSE_ERRORS``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our warning
        try:
            return source, ast.parse(source), []
        except SyntaxError as error:
            if (cleaned := without_invisible(cell, source, error)) is not None:
                source, note = cleaned
                notes.append(note)
            # IPython takes a cell that is indented or was pasted from a terminal, too
            source, commands = without_magics(textwrap.dedent(without_prompts(source)))
            return source, ast.parse(source), commands


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
