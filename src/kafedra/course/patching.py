"""One Python module with some of its definitions replaced by those of another: how a short mutant becomes whole."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


def patched(base: str, patch: str) -> str:
    """`base` with the top-level definitions of `patch` in place of its own of the same names.

    A class that `patch` writes without bases, ``class Layer:``, changes that of `base` by method: what both define is
    replaced, what `patch` adds stands below, the rest stays. With bases, ``class Layer(Base):``, it takes its place.

    What `base` does not define stands before the next definition of `patch` that replaces one, or at the end; imports
    that `base` lacks follow its own. A definition keeps its place, so that what is built from it on the way, such as a
    class that inherits, is built from the new one. Where `patch` reads a name above its own definition of it (``Whole =
    Model``), it means that of `base`, which then stays above. Raises SyntaxError.
    """
    whole, changes = _pieces(base), _pieces(patch)
    had = {piece.code for piece in whole if piece.is_import}
    imports = [piece.code for piece in changes if piece.is_import and piece.code not in had]
    below = max((number for number, piece in enumerate(whole, start=1) if piece.is_import), default=0)
    changed = _merged(whole, [piece for piece in changes if not piece.is_import])
    return "".join([*changed[:below], *imports, *changed[below:]])


def replaced(base: str, change: str) -> str:
    """`base` with one piece of its text changed: ``correction=0 -> correction=1``, or taken out: ``.detach() ->``.

    Raises ValueError, which says what to do, unless that is one change in one place.
    """
    old, _, new = f"{change} ".partition(" -> ")
    if not old.strip() or f"{change} ".count(" -> ") != 1:
        raise ValueError("must read 'old text -> new text', with one arrow")
    if (count := base.count(old)) != 1:
        raise ValueError(f"must stand once in its base, and it stands there {count} times")
    return base.replace(old, new.rstrip())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A statement, `code`, and with the comments above it, `text`.

    `name` is what it defines, if that is one name; `reads` are the names that it mentions. Of a class, `head` is the
    text above its `body`; `is_partial` says that it has no bases and no decorators.
    """

    text: str
    code: str
    name: str
    is_import: bool
    reads: frozenset[str]
    head: str = ""
    body: tuple["_Piece", ...] = ()
    is_partial: bool = False


def _merged(whole: Sequence[_Piece], changes: Sequence[_Piece]) -> list[str]:
    """The texts of `whole` with those of `changes` in the place of their namesakes."""
    known = {piece.name: piece for piece in whole if piece.name}
    placed: dict[str, list[str]] = {}
    kept: set[str] = set()
    waiting: list[_Piece] = []
    for piece in changes:
        if piece.name not in known:
            waiting.append(piece)
            continue
        if piece.name not in placed and any(piece.name in earlier.reads for earlier in waiting):
            kept.add(piece.name)
        placed.setdefault(piece.name, []).extend([*_texts(waiting), _changed(known[piece.name], piece)])
        waiting = []
    merged: list[str] = []
    for piece in whole:
        taken = placed.get(piece.name, [piece.text])
        merged.append("".join([piece.text, *taken] if piece.name in kept else taken))
        if piece.name in placed:
            placed[piece.name] = []  # defined twice in the base: one place is enough
            kept.discard(piece.name)
    return [*merged, *_texts(waiting)]


def _changed(base: _Piece, change: _Piece) -> str:
    """The text of `change`, or of `base` changed by method."""
    if not (change.is_partial and change.body and base.body):
        return change.text
    return base.head + "".join(_merged(base.body, change.body))


def _texts(pieces: Iterable[_Piece]) -> list[str]:
    return [piece.text for piece in pieces]


def _pieces(source: str) -> list[_Piece]:
    lines = [line if line.endswith("\n") else f"{line}\n" for line in source.splitlines(keepends=True)]
    return list(_cut(ast.parse(source).body, lines, 0))


def _cut(statements: Sequence[ast.stmt], lines: Sequence[str], start: int) -> Iterator[_Piece]:
    """The statements one by one; `start` is the line on which the comments above the first one may begin."""
    for node in statements:
        end = node.end_lineno or node.lineno
        if end <= start:  # it shares a line with the one before
            continue
        text, code = "".join(lines[start:end]), "".join(lines[node.lineno - 1 : end])
        reads = frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if isinstance(node, ast.ClassDef) and (first := _first_line(node.body[0])) > node.lineno:
            head, body = "".join(lines[start : first - 1]), tuple(_cut(node.body, lines, first - 1))
            is_partial = not (node.bases or node.keywords or node.decorator_list)
            yield _Piece(text, code, node.name, False, reads, head, body, is_partial)
        else:
            yield _Piece(text, code, _name(node), is_import, reads)
        start = end


def _first_line(node: ast.stmt) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.decorator_list:
        return node.decorator_list[0].lineno
    return node.lineno


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""
