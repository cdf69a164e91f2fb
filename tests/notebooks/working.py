"""A notebook of a few cells, what is taken of it, and what comes of running that."""

import json
import textwrap
from typing import Any

from kafedra.notebooks import ExtractedModule, extract, read_submission


def notebook(*cells: str, **metadata: Any) -> bytes:
    """A notebook whose code cells are these."""
    code = [{"cell_type": "code", "source": textwrap.dedent(cell).strip("\n")} for cell in cells]
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": code}).encode()


def extracted(*cells: str, required: tuple[str, ...] = ("Layer",)) -> ExtractedModule:
    """What is taken of it."""
    return extract(read_submission("work.ipynb", notebook(*cells)), required)


def run(*cells: str, required: tuple[str, ...] = ("Layer",)) -> dict[str, Any]:
    """The names that are there when what is taken has run."""
    module = extracted(*cells, required=required)
    assert module.missing == ()
    scope: dict[str, Any] = {"__name__": "student"}
    exec(compile(module.text, "student.py", "exec"), scope)
    return scope


def notes(module: ExtractedModule, code: str = "") -> list[str]:
    """The remarks in English, of one kind or all."""
    return [note.message("en") for note in module.warnings if code in ("", note.code)]
