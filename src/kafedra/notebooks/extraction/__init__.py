"""From a notebook to a module: the definitions that the assignment asks for, and all that they rest on.

What the student *defined* is graded, not what the notebook *does*: training loops, plots and prints are
left behind. Where a name is defined several times the last definition counts, as it would after
running all cells; cell order, ids, tags, deleted and duplicated cells make no difference.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from kafedra.notebooks.extraction.cells import CellContents, Piece, parse_cell
from kafedra.notebooks.extraction.dependencies import Dependencies
from kafedra.notebooks.extraction.hiding import hiding
from kafedra.notebooks.extraction.lookalikes import identifiers, lookalike_note, lookalikes
from kafedra.notebooks.extraction.questions import unanswered
from kafedra.notebooks.extraction.remarks import absences, behind, misplaced, near_misses, unread
from kafedra.notebooks.extraction.statements import Statement, statements_of
from kafedra.notebooks.messages import Note, UnusableSubmission
from kafedra.notebooks.places import Place
from kafedra.notebooks.reading import MAX_CELLS, MAX_CODE_KB, SubmittedSource

__all__ = ["ExtractedModule", "extract"]

_MAX_STATEMENTS: Final = 20_000
_MAX_NOTES: Final = 20


@dataclass(frozen=True)
class ExtractedModule:
    """The student's module.

    ``text`` is made of the student's own lines, ``tree`` is the same parsed; ``line_map`` takes a line of it (from 1)
    to its place in the notebook. ``missing`` are required names without a definition. ``unread`` says of required
    names that stand in a skipped cell, below all that was read of them, why it was skipped; ``elsewhere`` says of
    missing ones where else they seem to be.

    Statements go by their number in ``tree.body``: ``closures`` has those that each required name rests on,
    ``companions`` the required names that have to be loaded together with it. ``reads`` are the statements that one
    rests on directly (besides star imports), ``defines`` the names that it binds or changes, ``partial`` those of them
    that it may leave as they were. ``optional`` are statements that only change something in place: the rest stands
    without them. ``remarks`` are about single statements; ``behind`` says why a name that is read
    and not there was not taken.
    """

    text: str
    missing: tuple[str, ...]
    line_map: Mapping[int, Place]
    warnings: tuple[Note, ...]
    tree: ast.Module
    unread: Mapping[str, Note] = field(default_factory=dict)
    elsewhere: Mapping[str, Note] = field(default_factory=dict)
    closures: Mapping[str, frozenset[int]] = field(default_factory=dict)
    companions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reads: Sequence[frozenset[int]] = ()
    defines: Sequence[frozenset[str]] = ()
    partial: Sequence[frozenset[str]] = ()
    optional: frozenset[int] = frozenset()
    remarks: Mapping[int, tuple[Note, ...]] = field(default_factory=dict)
    behind: Mapping[str, Note] = field(default_factory=dict)


def extract(
    source: SubmittedSource,
    required: Sequence[str],
    *,
    given: Collection[str] = frozenset(),
    statement: Collection[str] = frozenset(),
) -> ExtractedModule:
    """The last definition of each ``required`` name with everything it depends on, ready to be run.

    ``given`` are names that the student's version has from the start: none of them is a misspelt one. ``statement``
    are the lines of the author's notebook: without them nobody knows of a question whose answer's cell is gone.

    Raises :class:`UnusableSubmission` only where the file as a whole is beyond reason.
    """
    cells = list(_parsed(source))
    pieces = [piece for contents in cells for piece in contents.pieces]
    statements, left = statements_of(pieces)
    graph = Dependencies(statements)
    missing = tuple(name for name in required if name not in graph.definitions)
    graph.want(required)
    numbered = zip((cell.number for cell in source.cells), cells, strict=True)
    skipped = unread(numbered, graph, required)
    absent = [name for name in missing if name not in skipped]
    elsewhere = dict(chain(near_misses(graph, absent, {*required, *given}), misplaced(source, pieces, absent)))
    notes = [note for contents in cells for note in contents.notes] + left.notes
    causes = behind(graph, left, cells)
    notes += [*absences(graph, left, cells, causes), *elsewhere.values()]
    if source.language and missing:
        notes.append(Note("other-language", {"language": source.language}))
        elsewhere |= {name: notes[-1] for name in absent if name not in elsewhere}
    module = _assembled(graph, required, missing)
    remarks = _remarks_on_letters(module, pieces, required)
    number_of = {index: number for number, index in enumerate(graph.in_order())}
    for index, note in hiding(graph):
        remarks[number_of[index]] = (*remarks.get(number_of[index], ()), note)
    notes += [note for number in sorted(remarks) for note in remarks[number]]
    notes += unanswered(source, module.tree, required, statement)
    return replace(
        module, warnings=tuple(notes[:_MAX_NOTES]), unread=skipped, elsewhere=elsewhere, remarks=remarks, behind=causes
    )


def _remarks_on_letters(
    module: ExtractedModule, pieces: Sequence[Piece], required: Sequence[str]
) -> dict[int, tuple[Note, ...]]:
    """On names of which a reader sees another."""
    if module.text.isascii():
        return {}
    known = {name for piece in pieces for name, _ in identifiers(piece.node)} | set(required)
    return {
        number: tuple(lookalike_note(name, module.line_map[line]) for name, line in names)
        for number, names in lookalikes(module.tree, known).items()
    }


def _parsed(source: SubmittedSource) -> Iterator[CellContents]:
    total = 0
    for cell in source.cells:
        contents = parse_cell(cell)
        total += len(contents.pieces)
        if total > _MAX_STATEMENTS:
            sizes: dict[str, str | int] = {"cells": len(source.cells), "size": f"> {_MAX_STATEMENTS} lines"}
            limits: dict[str, str | int] = {"max_cells": MAX_CELLS, "max_size": MAX_CODE_KB}
            raise UnusableSubmission("too-much-code", {"name": source.kind, **sizes, **limits})
        yield contents


def _assembled(graph: Dependencies, required: Sequence[str], missing: tuple[str, ...]) -> ExtractedModule:
    order = graph.in_order()
    number = {index: position for position, index in enumerate(order)}
    everywhere = graph.everywhere()
    closures = {name: graph.closure(name) for name in required if name not in missing}
    statements = [graph.statements[index] for index in order]
    text, line_map = _text_of(statements)
    return ExtractedModule(
        text=text,
        missing=missing,
        line_map=line_map,
        warnings=(),
        tree=ast.parse(text),
        closures={
            name: frozenset(number[index] for index in (*closure, *everywhere)) for name, closure in closures.items()
        },
        companions=graph.companions(closures),
        reads=[frozenset(number[other] for other in graph.reads(index)) for index in order],
        defines=[statement.defines for statement in statements],
        partial=[statement.partial for statement in statements],
        optional=frozenset(place for place, statement in enumerate(statements) if statement.mere_change),
    )


def _text_of(statements: Sequence[Statement]) -> tuple[str, dict[int, Place]]:
    lines, line_map = list[str](), dict[int, Place]()
    for statement in statements:
        piece = statement.piece
        for offset, line in enumerate(piece.text.split("\n")):
            lines.append(line)
            line_map[len(lines)] = piece.cell.place(piece.line + offset)
    return "\n".join(lines) + "\n" if lines else "", line_map
