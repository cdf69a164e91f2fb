"""Cells as the bytes of a notebook file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from kafedra.notebooks.percent import FOLDED_TAG, Cell


def notebook_json(cells: Sequence[Cell]) -> str:
    """A version 4.5 notebook, the same bytes for the same cells; ids are made from the sources."""
    taken = set[str]()
    document = {
        "cells": [_cell_json(cell, taken) for cell in cells],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _cell_json(cell: Cell, taken: set[str]) -> dict[str, Any]:
    salt, identifier = 0, ""
    while not identifier or identifier in taken:
        identifier = hashlib.sha256(f"{salt}\n{cell.kind}\n{cell.source}".encode()).hexdigest()[:8]
        salt += 1
    taken.add(identifier)
    document: dict[str, Any] = {"cell_type": cell.kind}
    if cell.kind == "code":
        document["execution_count"] = None
    metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
    if FOLDED_TAG in cell.tags:
        metadata = {"jupyter": {"source_hidden": True}, **metadata}
    document |= {"id": identifier, "metadata": metadata}
    if cell.kind == "code":
        document["outputs"] = []
    return document | {"source": cell.source.splitlines(keepends=True)}
