"""Work that is no notebook, as cells: a program, a text, a picture, several files one after the other.

So all that reads notebooks cell by cell reads them too: a review comments on them, a comparison aligns them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from kafedra.notebooks.document import MAX_CELLS_SHOWN, MAX_IN_ALL, MAX_SOURCE, Notebook, NotebookCell, read_notebook
from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.outputs import picture_of, visible_within

_CODE: Final = (".ipynb", ".py")
_PROSE: Final = (".md", ".markdown")
_PARTS: Final = 60  # lines of a long text in one cell: comments stand by what they are about


def read_handed_in(name: str, data: bytes | None, beside: Mapping[str, bytes]) -> Notebook:
    """The graded file, called ``name``, and what was handed in ``beside`` it. ``data`` None: it isn't there.

    Raises :class:`UnusableSubmission`.
    """
    return with_files(Notebook(()) if data is None else read_work_file(name, data), beside)


def read_work_file(name: str, data: bytes) -> Notebook:
    """The file ``data``, called ``name``, as cells. Raises :class:`UnusableSubmission` for an unreadable notebook."""
    if PurePosixPath(name).suffix.lower() in _CODE:
        return read_notebook(name, data)
    return Notebook(tuple(_cells(name, data, 1)))


def with_files(notebook: Notebook, files: Mapping[str, bytes]) -> Notebook:
    """The notebook with each of the ``files`` below it: its name, then what is in it."""
    cells, left = list(notebook.cells), MAX_IN_ALL
    for name, data in files.items():
        first = (cells[-1].number if cells else 0) + 1
        cells.append(NotebookCell(first, "markdown", f"### `{name}`"))
        cells += _of(name, data[:left], first + 1)
        left = max(0, left - len(data))
    return Notebook(tuple(cells), notebook.more)


def _of(name: str, data: bytes, first: int) -> list[NotebookCell]:
    if PurePosixPath(name).suffix.lower() not in _CODE:
        return _cells(name, data, first)
    try:
        inside = read_notebook(name, data).cells
    except UnusableSubmission as error:
        return [NotebookCell(first, "raw", error.message("en"))]
    return [
        NotebookCell(number, cell.kind, cell.source, outputs=cell.outputs) for number, cell in enumerate(inside, first)
    ]


def _cells(name: str, data: bytes, first: int) -> list[NotebookCell]:
    """A picture as a picture, prose paragraph by paragraph, any other text as code, what is no text by its size."""
    if picture_of(data) is not None:
        return [NotebookCell(first, "markdown", f"![{name}]({name})")]
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return [NotebookCell(first, "raw", f"{name}: {len(data)} B")]
    suffix = PurePosixPath(name).suffix.lower()
    if "\0" in text:
        return [NotebookCell(first, "raw", f"{name}: {len(data)} B")]
    parts = _paragraphs(text) if suffix in _PROSE else _blocks(text)
    kind: Final = "markdown" if suffix in _PROSE else "code"
    language = suffix.removeprefix(".")
    shown = [visible_within(MAX_SOURCE, part)[0] for part in parts[:MAX_CELLS_SHOWN]]
    return [NotebookCell(number, kind, part, language=language) for number, part in enumerate(shown, first)]


def _paragraphs(text: str) -> list[str]:
    """Pieces of Markdown that end at a blank line outside of fences, each long enough to be worth a comment."""
    parts, part, fenced = list[str](), list[str](), False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if not line.strip() and not fenced and part:
            parts.append("\n".join(part))
            part = []
        elif line.strip() or fenced:
            part.append(line)
    return [*parts, "\n".join(part)] if part else parts or [""]


def _blocks(text: str) -> list[str]:
    """A long program in pieces that end at a blank line."""
    blocks, block = list[str](), list[str]()
    for line in text.rstrip("\n").split("\n"):
        block.append(line)
        if len(block) >= _PARTS and not line.strip():
            blocks.append("\n".join(block).rstrip("\n"))
            block = []
    return [*blocks, "\n".join(block)] if block else blocks
