"""A whole notebook as somebody handed it in: every cell with its outputs, nothing run, everything bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.outputs import Output, Picture, bundled_picture, outputs_of, size_of, visible_within
from kafedra.notebooks.prose import visible
from kafedra.notebooks.reading import MAX_FILE_MB, all_cells, joined, lines_of, parsed_json, read_submission

CellKind = Literal["code", "markdown", "raw"]

MAX_CELLS_SHOWN: Final = 400
MAX_SOURCE: Final = 100_000
MAX_IN_ALL: Final = 3_000_000  # characters of a whole notebook; what comes after is shown in little
_LITTLE: Final = 500
_KINDS: Final[Mapping[str, CellKind]] = {"code": "code", "markdown": "markdown"}


@dataclass(frozen=True)
class NotebookCell:
    """One cell. ``number`` counts from 1; ``more_outputs`` is how many are beyond the limit.

    ``language`` is what code is written in where that is not Python, as the ending of a file's name.
    """

    number: int
    kind: CellKind
    source: str
    id: str = ""
    outputs: tuple[Output, ...] = ()
    more_outputs: int = 0
    attachments: Mapping[str, Picture] = field(default_factory=dict)
    cut: int = 0
    language: str = ""


@dataclass(frozen=True)
class Notebook:
    """All cells up to a limit; ``more`` is how many there are beyond it."""

    cells: tuple[NotebookCell, ...]
    more: int = 0

    @cached_property
    def pictures(self) -> Mapping[str, Picture]:
        """Every picture inside the notebook, by its digest."""
        found = [output.picture for cell in self.cells for output in cell.outputs if output.picture]
        found += [picture for cell in self.cells for picture in cell.attachments.values()]
        return {picture.digest: picture for picture in found}


def read_notebook(name: str, data: bytes) -> Notebook:
    """The notebook ``data``, a file called ``name`` (``.ipynb`` of any version, or ``.py``).

    Raises :class:`UnusableSubmission`.
    """
    if PurePosixPath(name).suffix.lower() == ".py":
        code = read_submission(name, data).cells
        cells = [NotebookCell(cell.number, "code", visible_within(MAX_SOURCE, cell.source)[0]) for cell in code]
        return Notebook(tuple(cells[:MAX_CELLS_SHOWN]), max(0, len(cells) - MAX_CELLS_SHOWN))
    if len(data) > MAX_FILE_MB * 2**20:
        raise UnusableSubmission("too-large", {"name": name, "limit": MAX_FILE_MB})
    found = all_cells(name, parsed_json(name, data))
    shown, left = list[NotebookCell](), MAX_IN_ALL
    for number, raw in enumerate(found[:MAX_CELLS_SHOWN], start=1):
        shown.append(_cell(number, raw, left))
        left -= len(shown[-1].source) + size_of(shown[-1].outputs)
    return Notebook(tuple(shown), len(found) - len(shown))


def _cell(number: int, cell: Any, left: int) -> NotebookCell:
    """``left`` is how many characters of the notebook may still be shown."""
    if not isinstance(cell, dict):
        return NotebookCell(number, "raw", "")
    named, sparingly = cell.get("cell_type"), left <= 0
    kind: CellKind = _KINDS.get(named, "raw") if isinstance(named, str) else "raw"
    source = "\n".join(lines_of(joined(cell.get("source", cell.get("input"))) or ""))
    text, cut = visible_within(_LITTLE if sparingly else MAX_SOURCE, source)
    raw = cell.get("outputs") if kind == "code" else None
    outputs = raw if isinstance(raw, list) else []
    shown, more = outputs_of(outputs, left - len(text))
    return NotebookCell(
        number=number,
        kind=kind,
        source=text,
        id=visible((joined(cell.get("id")) or "")[:64]),
        outputs=shown,
        more_outputs=more,
        attachments={} if sparingly else _attachments(cell.get("attachments")),
        cut=cut,
    )


def _attachments(found: Any) -> dict[str, Picture]:
    pictures = {}
    for name, bundle in found.items() if isinstance(found, dict) else ():
        picture = bundled_picture(bundle) if isinstance(bundle, dict) else None
        if picture is not None:
            pictures[name] = picture
    return pictures
