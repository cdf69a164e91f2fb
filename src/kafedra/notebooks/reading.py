"""From the bytes that a student pushed to cells of code.

Everything here is hostile until proven otherwise: no byte of it is run, and each step is bounded.
"""

from __future__ import annotations

import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from kafedra.notebooks.edges import defined_in_prose
from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.places import Place

MAX_FILE_MB: Final = 64
MAX_CELLS: Final = 4000
MAX_CODE_KB: Final = 1024
# one bracket costs ~100 bytes of memory once parsed; notebooks with heavy outputs have some 10^5
_MAX_BRACKETS: Final = 2_000_000
# one number costs 32; a table or an interactive plot of a few hundred thousand points is honest
_MAX_COMMAS: Final = 4_000_000

# possessive, and a string without an end is one too: nothing is ever looked at twice
_STRING: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_VERSION: Final = re.compile(r"([23])\.(\d{1,3})(?!\d)")
_RENAMED: Final = re.compile(r'\s*\{\s*"\w+"\s*:')
_LANGUAGE: Final = re.compile(r"[\w+#. -]{1,20}")
_MARIMO: Final = (re.compile(r"^import marimo\b", re.MULTILINE), re.compile(r"^app = marimo\.App\(", re.MULTILINE))

# a declared encoding is the student's word, and Python knows some that take quadratic time
_ENCODINGS: Final = frozenset(
    "utf-8 utf-8-sig utf-16 ascii us-ascii latin-1 iso-8859-1 iso-8859-5 cp1251 windows-1251 koi8-r cp866".split()
)
# `# %%time` is a cell magic that jupytext has commented out, and no mark
_PERCENT: Final = re.compile(r"^# ?%%(?![\w%]).*$", re.MULTILINE)


# by what is not JSON: how it begins
_MOST_LOOKED_AT: Final = 1000
_IN_ITS_PLACE: Final = {
    "blank": re.compile(r"\Z"),
    "web-page": re.compile(r"<(?:!doctype|html|head|\?xml)\b", re.IGNORECASE),
    "program": re.compile(r"(?:#|import \w|from \w|def \w|class \w|\"{3})"),
}

Version = tuple[int, int]


@dataclass(frozen=True)
class CodeCell:
    """A code cell. ``number`` counts all cells from 1, the markdown ones too: as the student sees them.

    Of a ``file`` that is no notebook the cell begins at the line ``first``. ``saved_by`` is the Python in which it was
    saved, where that is known.
    """

    number: int
    source: str
    file: str = ""
    first: int = 1
    saved_by: Version | None = None

    def place(self, line: int) -> Place:
        """Where the line of the cell is, counted from 1, for people."""
        return Place(self.first + line - 1, file=self.file) if self.file else Place(line, self.number)


@dataclass(frozen=True)
class SubmittedSource:
    """What was handed in: its code cells in order, and its ``texts``, cells that are no code (Markdown, raw).

    ``kind`` tells a notebook from a plain file; ``saved_by`` is the Python in which a notebook was saved, if known,
    ``language`` another one for which it was.
    """

    cells: tuple[CodeCell, ...]
    kind: Literal["notebook", "script"]
    texts: tuple[CodeCell, ...] = ()
    saved_by: Version | None = None
    language: str = ""


def read_submission(name: str, data: bytes) -> SubmittedSource:
    """The code cells of ``data``, a file called ``name`` (``.ipynb`` of any version, or ``.py``).

    Outputs, ids, metadata and markdown are ignored. Raises :class:`UnusableSubmission`.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in {".ipynb", ".py"}:
        raise UnusableSubmission("unknown-kind", {"name": name})
    if len(data) > MAX_FILE_MB * 2**20:
        raise UnusableSubmission("too-large", {"name": name, "limit": MAX_FILE_MB})
    if data.startswith(b"version https://git-lfs"):
        raise UnusableSubmission("lfs", {"name": name})
    if suffix == ".py":
        text = _script_text(name, data)
        if all(mark.search(text) for mark in _MARIMO):
            raise UnusableSubmission("marimo", {"name": name})
        if _RENAMED.match(text) and '"nbformat"' in text and '"cell_type"' in text:
            wanted = PurePosixPath(name).with_suffix(".ipynb").name
            raise UnusableSubmission("notebook-as-program", {"name": name, "wanted": wanted})
        source = SubmittedSource(tuple(_script_cells(name, text)), "script")
    else:
        source = _notebook(name, parsed_json(name, data))
    _require_reasonable(name, source)
    return source


def _require_reasonable(name: str, source: SubmittedSource) -> None:
    cells = source.cells
    size = sum(len(cell.source) for cell in cells) // 1024
    if len(cells) > MAX_CELLS or size > MAX_CODE_KB:
        limits: dict[str, str | int] = {"max_cells": MAX_CELLS, "max_size": MAX_CODE_KB}
        raise UnusableSubmission("too-much-code", {"name": name, "cells": len(cells), "size": size, **limits})
    if not any(cell.source.strip() for cell in cells) and not any(
        defined_in_prose(text.source) for text in source.texts
    ):
        raise UnusableSubmission("empty" if source.kind == "notebook" else "empty-program", {"name": name})


def _decode(name: str, data: bytes, encoding: str) -> str:
    # Windows PowerShell redirects into UTF-16
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise _not_text(name) from None


def _not_text(name: str) -> UnusableSubmission:
    return UnusableSubmission("not-text-program" if name.lower().endswith(".py") else "not-text", {"name": name})


def _script_text(name: str, data: bytes) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        encoding = "utf-8-sig"
    if encoding.lower().replace("_", "-") not in _ENCODINGS:
        raise _not_text(name)
    return _decode(name, data, encoding)


def _script_cells(name: str, text: str) -> Iterator[CodeCell]:
    """Cells of the percent format; a plain file is one cell. The marker's line counts as line 1."""
    text = "\n".join(lines_of(text))
    starts = [match.start() for match in _PERCENT.finditer(text)]
    if not starts or text[: starts[0]].strip():
        starts.insert(0, 0)
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1):
        yield CodeCell(number, text[start:end], name, text.count("\n", 0, start) + 1)


def _is_too_complex(text: str) -> bool:
    return text.count("[") + text.count("{") > _MAX_BRACKETS or text.count(",") > _MAX_COMMAS


def parsed_json(name: str, data: bytes) -> Any:
    """What the JSON of a notebook holds. Raises :class:`UnusableSubmission`, whatever the bytes are."""
    text = _decode(name, data, "utf-8-sig")
    if _is_too_complex(text) and _is_too_complex(_STRING.sub("", text)):  # what was printed is no structure
        raise UnusableSubmission("too-complex", {"name": name})
    try:
        # float, because int() refuses numbers of more than 4300 digits
        return json.loads(text, parse_int=float)
    except json.JSONDecodeError as error:
        if re.search(r"^(<<<<<<<|>>>>>>>) ", text, re.MULTILINE):
            raise UnusableSubmission("conflict", {"name": name}) from None
        params: dict[str, str | int] = {"name": name, "line": error.lineno}
        raise UnusableSubmission(_instead_of_json(text), params) from None
    except (RecursionError, MemoryError):
        raise UnusableSubmission("too-complex", {"name": name}) from None


def _instead_of_json(text: str) -> str:
    """What is in a notebook's place, by its first line; where that shows nothing, damaged JSON."""
    begin = text.lstrip()[:_MOST_LOOKED_AT]
    return next((code for code, pattern in _IN_ITS_PLACE.items() if pattern.match(begin)), "not-json")


def _notebook(name: str, document: Any) -> SubmittedSource:
    saved_by = _saved_by(document)
    cells, texts = list[CodeCell](), list[CodeCell]()
    for number, cell in enumerate(all_cells(name, document), start=1):
        if isinstance(cell, dict):
            # version 3 calls the source `input`
            source = joined(cell.get("source", cell.get("input")))
            if source is not None:
                kind = cells if cell.get("cell_type") == "code" else texts
                kind.append(CodeCell(number, "\n".join(lines_of(source)), saved_by=saved_by))
    return SubmittedSource(tuple(cells), "notebook", tuple(texts[:MAX_CELLS]), saved_by, _other_language(document))


def _saved_by(document: Any) -> Version | None:
    """The Python of the kernel that saved the notebook: ``metadata.language_info.version``."""
    found = _at(document, "metadata", "language_info", "version")
    match = _VERSION.match(found) if isinstance(found, str) else None
    return (int(match[1]), int(match[2])) if match else None


def _other_language(document: Any) -> str:
    """What the kernel that saved the notebook speaks, where it isn't Python."""
    kernel, saved = (("metadata", "kernelspec", "language"), ("metadata", "language_info", "name"))
    found = _at(document, *kernel) or _at(document, *saved)
    known = isinstance(found, str) and _LANGUAGE.fullmatch(found) and "python" not in found.lower()
    return found if known else ""


def _at(document: Any, *keys: str) -> Any:
    """What stands behind the keys, one within another; None where they lead nowhere."""
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def all_cells(name: str, document: Any) -> list[Any]:
    """The cells of a version 4 notebook, or of all the worksheets of a version 3 one."""
    if isinstance(document, dict):
        if isinstance(cells := document.get("cells"), list):
            return cells
        if isinstance(sheets := document.get("worksheets"), list):
            lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
            return [cell for cells in lists if isinstance(cells, list) for cell in cells]
    raise UnusableSubmission("not-notebook", {"name": name})


def joined(source: Any) -> str | None:
    """A text of the notebook format, which is a string or a list of them; None for anything else."""
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else None


def lines_of(text: str) -> list[str]:
    """Lines as Python's parser counts them: a form feed or U+2028 does not end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
