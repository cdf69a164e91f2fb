"""One Python module with some of its definitions replaced by those of another: how a short mutant becomes whole."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


def patched(base: str, patch: str) -> str:
    """`base` with the top-level definitions of `patch` in place of its own of the same names.

    What `base` does not define stands before the next definition of `patch` that replaces one, or at the end; imports
    that `base` lacks follow its own. A definition keeps its place, so that what is built from it on the way, such as a
    class that inherits, is built from the new one. Where `patch` reads a name above its own definition of it (``Whole =
    Model``), it means that of `base`, which then stays above. Raises SyntaxError.
    """
    whole, changes = list(_pieces(base)), list(_pieces(patch))
    known = {piece.name for piece in whole if piece.name}
    had = {piece.code for piece in whole if piece.is_import}
    imports = [piece.code for piece in changes if piece.is_import and piece.code not in had]
    placed: dict[str, list[str]] = {}
    kept: set[str] = set()
    waiting: list[_Piece] = []
    for piece in changes:
        if piece.is_import:
            continue
        if piece.name in known:
            if piece.name not in placed and any(piece.name in earlier.reads for earlier in waiting):
                kept.add(piece.name)
            placed.setdefault(piece.name, []).extend(one.text for one in (*waiting, piece))
            waiting = []
        else:
            waiting.append(piece)
    last_import = max((number for number, piece in enumerate(whole) if piece.is_import), default=-1)
    text = imports if last_import < 0 else []
    for number, piece in enumerate(whole):
        if piece.name not in placed:
            text.append(piece.text)
        else:
            text += [piece.text] if piece.name in kept else []
            text += placed[piece.name]
            placed[piece.name] = []  # defined twice in the base: one place is enough
        if number == last_import:
            text += imports
    return "".join([*text, *(one.text for one in waiting)])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A statement, `code`, and with the comments above it, `text`.

    `name` is what it defines, if that is one name; `reads` are the names that it mentions.
    """

    text: str
    code: str
    name: str
    is_import: bool
    reads: frozenset[str]


def _pieces(source: str) -> Iterator[_Piece]:
    lines = [line if line.endswith("\n") else f"{line}\n" for line in source.splitlines(keepends=True)]
    start = 0
    for node in ast.parse(source).body:
        end = node.end_lineno or node.lineno
        if end > start:  # else it shares a line with the one before
            code = "".join(lines[node.lineno - 1 : end])
            reads = frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
            is_import = isinstance(node, ast.Import | ast.ImportFrom)
            yield _Piece("".join(lines[start:end]), code, _name(node), is_import, reads)
            start = end


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""
