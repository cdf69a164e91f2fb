"""Questions of the notebook that a person reads, and that still hold the invitation to answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kafedra.notebooks.authoring import INVITATIONS
from kafedra.notebooks.messages import Note
from kafedra.notebooks.reading import SubmittedSource


def unanswered(source: SubmittedSource, tree: ast.Module) -> Iterator[Note]:
    """One note on all questions without an answer, once no task is left undone: until then nobody is done."""
    texts = {words["markdown"] for words in INVITATIONS.values()}
    open_ones = [cell for cell in source.texts if cell.source.strip() in texts]
    if open_ones and not any(_is_stub(node) for node in ast.walk(tree)):
        numbers = ", ".join(str(cell.number) for cell in open_ones)
        yield Note("unanswered", {"cells": numbers}, open_ones[0].place(1))


def _is_stub(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Raise)
        and node.exc is not None
        and "NotImplementedError" in {part.id for part in ast.walk(node.exc) if isinstance(part, ast.Name)}
    )
