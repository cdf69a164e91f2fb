"""Questions of the notebook that a person reads, and that nobody has answered."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from kafedra.notebooks.authoring import INVITATIONS
from kafedra.notebooks.messages import Note
from kafedra.notebooks.reading import CodeCell, SubmittedSource

_ASKED: Final = re.compile(r"^\*\*(?:Вопросы?|Questions?)\.\*\*", re.MULTILINE)


def unanswered(
    source: SubmittedSource, tree: ast.Module, required: Sequence[str], statement: Collection[str]
) -> Iterator[Note]:
    """One note on all questions whose cell still holds the invitation, one on those whose cell is gone.

    Nobody is asked before one of the ``required`` names is done. ``statement`` are the lines of the author's notebook:
    who wrote below a question in its own cell has answered. Without them that can't be told, and only open cells count.
    """
    if not _begun(tree, required):
        return
    texts = {words["markdown"] for words in INVITATIONS.values()}
    open_ones = [cell for cell in source.texts if cell.source.strip() in texts]
    if open_ones:
        yield Note("unanswered", {"cells": _numbers(open_ones)}, open_ones[0].place(1))
    bare = [
        cell for cell in source.texts if _ASKED.search(cell.source) and statement and _bare(cell, source, statement)
    ]
    if bare:
        yield Note("unanswered-gone", {"cells": _numbers(bare)}, bare[0].place(1))


def _bare(asking: CodeCell, source: SubmittedSource, statement: Collection[str]) -> bool:
    """Whether no text of the student's own stands in the cell of these questions or in the next one."""
    below = [cell.source for cell in source.texts if cell.number > asking.number and cell.source.strip()]
    lines = asking.source[asking.source.rindex("**") :].split("\n") + (
        below[0].strip().split("\n")[:1] if below else []
    )
    return all(f"# {line.rstrip()}" in statement for line in lines[1:] if line.strip())


def _begun(tree: ast.Module, required: Sequence[str]) -> bool:
    """Whether one of the required definitions is more than the stub that the student began with."""
    return any(
        isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name in required
        and not any(_is_stub(part) for part in ast.walk(node))
        for node in tree.body
    )


def _is_stub(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Raise)
        and node.exc is not None
        and "NotImplementedError" in {part.id for part in ast.walk(node.exc) if isinstance(part, ast.Name)}
    )


def _numbers(cells: Sequence[CodeCell]) -> str:
    return ", ".join(str(cell.number) for cell in cells)
