"""Why a name is not there, or not what it was in the notebook: what its author sees and nobody takes."""

from __future__ import annotations

import ast
import difflib
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kafedra.notebooks.edges import commented_out, defined_in_prose
from kafedra.notebooks.extraction.cells import CellContents, Piece
from kafedra.notebooks.extraction.dependencies import BUILTINS, OUTPUTS, Dependencies
from kafedra.notebooks.extraction.lookalikes import as_latin, lookalike_note
from kafedra.notebooks.extraction.statements import LeftBehind
from kafedra.notebooks.messages import Note
from kafedra.notebooks.reading import SubmittedSource

_MOST_COMPARED: Final = 500
_LONGEST: Final = 60
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def behind(graph: Dependencies, left: LeftBehind, cells: Sequence[CellContents]) -> dict[str, Note]:
    """Of names that the solution reads and nothing taken defines: what would have, and why it was not taken."""
    unresolved = graph.unresolved - BUILTINS
    found = dict[str, Note]()
    for contents in cells:
        found |= dict.fromkeys(contents.unread & unresolved, contents.notes[-1]) if contents.notes else {}
        for place, command in contents.commands:
            for name in command.targets & unresolved:
                found[name] = Note("command-sets", {"name": name, "text": command.text[:_LONGEST]}, place)
    found |= {name: note for name, note in left.unusable.items() if name in unresolved}
    if brought := [note for contents in cells for note in _bringing(contents)]:
        found = dict.fromkeys(unresolved, brought[0]) | found
    twins = {as_latin(name): name for name in graph.definitions if not name.isascii()}
    for name in (unresolved & twins.keys()) - found.keys():
        found[name] = lookalike_note(twins[name], graph.statements[graph.definitions[twins[name]][-1]].piece.place)
    loops = {name: piece.place for name, piece in left.set_in_loops.items() if name in unresolved}
    return found | {name: Note("loop-only", {"name": name}, place) for name, place in loops.items()}


def _bringing(contents: CellContents) -> Iterator[Note]:
    """Of commands that define names nobody knows; a bare one is named already."""
    for place, command in contents.commands:
        if command.brings_names and not command.bare:
            yield Note("command-brings", {"text": command.text[:_LONGEST]}, place)


def absences(
    graph: Dependencies, left: LeftBehind, cells: Iterable[CellContents], causes: Mapping[str, Note]
) -> Iterator[Note]:
    """Names that the solution reads and that nothing taken defines, or that something left behind changes.

    ``causes`` come from :func:`behind`; those that nothing else says are said here.
    """
    unresolved = graph.unresolved - BUILTINS
    yield from (note for _, note in sorted(causes.items()) if note.code in ("loop-only", "command-sets"))
    if unresolved:
        yield from (note for contents in cells for note in _bringing(contents))
    for name in sorted(graph.unresolved & OUTPUTS):
        yield Note("output", {"name": name}, graph.reader_of(name).piece.place)
    for names, piece in left.changing:
        for name in sorted(names & graph.needed):
            yield Note("changed-elsewhere", {"name": name, "text": piece.headline}, piece.place)


def unread(cells: Iterable[tuple[int, CellContents]], graph: Dependencies, required: Sequence[str]) -> dict[str, Note]:
    """Of required names that stand in a skipped cell, below all that was read of them: why it was skipped.

    ``cells`` go by their number in the notebook.
    """
    found = dict[str, Note]()
    for number, contents in cells:
        for name in required:
            if name in contents.unread and number > graph.last_cell(name):
                found[name] = contents.notes[-1]
    return found


def near_misses(graph: Dependencies, absent: Sequence[str], proper: Collection[str]) -> Iterator[tuple[str, Note]]:
    """Names that look like a missing one; MyReLU is no misspelt MyELU where both are asked for or given."""
    own = (name for name in graph.definitions if name not in proper and len(name) < _LONGEST)
    candidates = list(itertools.islice(own, _MOST_COMPARED))
    known = {name.lower(): name for name in candidates}
    for name in absent:
        twin = next((one for one in candidates if as_latin(one) == as_latin(name) and not one.isascii()), None)
        if twin is not None:
            yield name, lookalike_note(twin, graph.statements[graph.definitions[twin][-1]].piece.place)
        elif close := _close(name.lower(), known):
            yield name, Note("similar-name", {"name": name, "similar": known[close[0]]})


def _close(name: str, known: Collection[str]) -> list[str]:
    """The nearest; of a short name two letters that have changed places are already far."""
    mixed = (one for one in known if len(name) > 2 and one != name and sorted(one) == sorted(name))
    return difflib.get_close_matches(name, known, n=1, cutoff=0.8) or list(mixed)[:1]


def misplaced(source: SubmittedSource, pieces: Sequence[Piece], absent: Sequence[str]) -> Iterator[tuple[str, Note]]:
    """Missing names that stand where nothing is taken from: in a text cell, in a comment, inside something else."""
    inside = _nested(pieces, absent) if absent else {}
    for name in absent:
        for text in source.texts:
            if name in defined_in_prose(text.source):
                yield name, Note("cell-text", {"cell": text.number}, text.place(1))
        for cell in source.cells:
            if (line := commented_out(cell.source).get(name)) is not None:
                yield name, Note("commented-out", {}, cell.place(line))
        for piece in pieces:
            if name in _quoted(piece.node):
                yield name, Note("in-string", {}, piece.place)
        if name in inside:
            yield name, inside[name]


def _quoted(node: ast.stmt) -> frozenset[str]:
    """What a text between quotes, a statement of its own, would define: code that was put aside."""
    text = node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else None
    return defined_in_prose(text) if isinstance(text, str) else frozenset()


def _nested(pieces: Iterable[Piece], absent: Collection[str]) -> Mapping[str, Note]:
    found = dict[str, Note]()
    for piece in pieces:
        if isinstance(piece.node, _DEFINITIONS):
            for part in ast.walk(piece.node):
                if isinstance(part, _DEFINITIONS) and part is not piece.node and part.name in absent:
                    place = piece.cell.place(part.lineno)
                    found[part.name] = Note("nested", {"name": part.name, "inside": piece.node.name[:_LONGEST]}, place)
    return found
