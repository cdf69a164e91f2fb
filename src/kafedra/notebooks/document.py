"""A whole notebook as somebody handed it in: every cell with its outputs, nothing run, everything bounded."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.prose import visible
from kafedra.notebooks.reading import MAX_FILE_MB, all_cells, joined, lines_of, parsed_json, read_submission

CellKind = Literal["code", "markdown", "raw"]
OutputKind = Literal["text", "stderr", "error", "html", "markdown", "picture", "left-out"]

MAX_CELLS_SHOWN: Final = 400
MAX_SOURCE: Final = 100_000
MAX_IN_ALL: Final = 3_000_000  # characters of a whole notebook; what comes after is shown in little
MAX_TEXT: Final = 40_000
MAX_HTML: Final = 400_000
MAX_OUTPUTS: Final = 40
MAX_PICTURE_BYTES: Final = 8 * 1024 * 1024
_LITTLE: Final = 500
_KINDS: Final[Mapping[str, CellKind]] = {"code": "code", "markdown": "markdown"}
_MAGIC: Final = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
_ESCAPE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-_])")
_OLD_NAMES: Final = {"image/png": "png", "image/jpeg": "jpeg", "text/html": "html", "text/plain": "text"}


@dataclass(frozen=True)
class Picture:
    """A PNG, JPEG or GIF file, judged by its first bytes and not by what it is called."""

    mime: str
    data: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """Names the picture by its content: 32 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()[:32]


@dataclass(frozen=True)
class Output:
    """One output of a code cell. ``cut`` is how many characters in its middle are left out.

    ``text`` of ``left-out`` names the kind of data that is not shown; ``plain`` is what the notebook offers
    to those who can't show ``html``.
    """

    kind: OutputKind
    text: str = ""
    plain: str = ""
    picture: Picture | None = None
    cut: int = 0


@dataclass(frozen=True)
class NotebookCell:
    """One cell. ``number`` counts from 1; ``more_outputs`` is how many are beyond the limit."""

    number: int
    kind: CellKind
    source: str
    id: str = ""
    outputs: tuple[Output, ...] = ()
    more_outputs: int = 0
    attachments: Mapping[str, Picture] = field(default_factory=dict)
    cut: int = 0


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
        cells = [NotebookCell(cell.number, "code", _shortened(visible(cell.source), MAX_SOURCE)[0]) for cell in code]
        return Notebook(tuple(cells[:MAX_CELLS_SHOWN]), max(0, len(cells) - MAX_CELLS_SHOWN))
    if len(data) > MAX_FILE_MB * 2**20:
        raise UnusableSubmission("too-large", {"name": name, "limit": MAX_FILE_MB})
    found = all_cells(name, parsed_json(name, data))
    shown, left = list[NotebookCell](), MAX_IN_ALL
    for number, raw in enumerate(found[:MAX_CELLS_SHOWN], start=1):
        shown.append(_cell(number, raw, sparingly=left <= 0))
        left -= len(shown[-1].source) + sum(len(output.text) for output in shown[-1].outputs)
    return Notebook(tuple(shown), len(found) - len(shown))


def picture_of(data: bytes) -> Picture | None:
    """``data`` as a picture, or None if it is none or too large."""
    mime = next((mime for mime, starts in _MAGIC.items() if data.startswith(starts)), None)
    return Picture(mime, data) if mime and len(data) <= MAX_PICTURE_BYTES else None


def _cell(number: int, cell: Any, *, sparingly: bool) -> NotebookCell:
    if not isinstance(cell, dict):
        return NotebookCell(number, "raw", "")
    kind: CellKind = _KINDS.get(str(cell.get("cell_type")), "raw")
    source = "\n".join(lines_of(joined(cell.get("source", cell.get("input"))) or ""))
    text, cut = _shortened(visible(source), _LITTLE if sparingly else MAX_SOURCE)
    raw = cell.get("outputs") if kind == "code" else None
    outputs = raw if isinstance(raw, list) else []
    limit = 0 if sparingly else MAX_OUTPUTS
    return NotebookCell(
        number=number,
        kind=kind,
        source=text,
        id=visible(joined(cell.get("id")) or "")[:64],
        outputs=_together([output for one in outputs[:limit] for output in _output(one)]),
        more_outputs=max(0, len(outputs) - limit),
        attachments={} if sparingly else _attachments(cell.get("attachments")),
        cut=cut,
    )


def _attachments(found: Any) -> dict[str, Picture]:
    pictures = {}
    for name, bundle in found.items() if isinstance(found, dict) else ():
        data = bundle if isinstance(bundle, dict) else {}
        picture = next((picture for mime in _MAGIC if (picture := _decoded(data.get(mime)))), None)
        if picture is not None:
            pictures[name] = picture
    return pictures


def _output(output: Any) -> Iterator[Output]:
    if not isinstance(output, dict):
        return
    kind = output.get("output_type")
    if kind == "stream":
        yield _text("stderr" if output.get("name") == "stderr" else "text", joined(output.get("text")))
    elif kind in ("error", "pyerr"):
        lines = output.get("traceback")
        trace = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
        yield _text("error", trace or f"{output.get('ename')}: {output.get('evalue')}")
    else:
        bundle = output.get("data")
        yield _displayed(bundle if isinstance(bundle, dict) else _from_version_3(output))


def _from_version_3(output: dict[str, Any]) -> dict[str, Any]:
    return {mime: output[old] for mime, old in _OLD_NAMES.items() if old in output}


def _displayed(bundle: dict[str, Any]) -> Output:
    """The best that can be shown of what the cell displayed."""
    for mime in _MAGIC:
        if picture := _decoded(bundle.get(mime)):
            return Output("picture", picture=picture)
    plain = _text("text", joined(bundle.get("text/plain")))
    markup = joined(bundle.get("text/html"))
    if markup and len(markup) <= MAX_HTML:
        return Output("html", visible(markup), plain.text, cut=plain.cut)
    prose = joined(bundle.get("text/markdown")) or joined(bundle.get("text/latex"))
    if prose and len(prose) <= MAX_TEXT:
        return Output("markdown", visible(prose))
    return plain if plain.text else left_out(bundle)


def left_out(kinds: Iterable[str]) -> Output:
    """What stands for data that can't be shown."""
    return Output("left-out", visible(", ".join(sorted(str(kind)[:60] for kind in kinds)[:4])))


def _decoded(encoded: Any) -> Picture | None:
    text = joined(encoded)
    if not text or len(text) > MAX_PICTURE_BYTES * 3 // 2:
        return None
    try:
        return picture_of(base64.b64decode(text))
    except (binascii.Error, ValueError):
        return None


def _together(outputs: Iterable[Output]) -> tuple[Output, ...]:
    """Printing line by line makes an output of each line: they belong together."""
    merged: list[Output] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.kind == last.kind and output.kind in ("text", "stderr"):
            text, cut = _shortened(last.text + output.text, MAX_TEXT)
            merged[-1] = Output(last.kind, text, cut=cut + last.cut + output.cut)
        else:
            merged.append(output)
    return tuple(merged)


def _text(kind: OutputKind, text: str | None) -> Output:
    shown, cut = _shortened(_as_a_terminal_shows(text or ""), MAX_TEXT)
    return Output(kind, visible(shown), cut=cut)


def _as_a_terminal_shows(text: str) -> str:
    """Without colours, and with only the last state of each progress bar."""
    plain = _ESCAPE.sub("", text).replace("\r\n", "\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n")).strip("\n")


def _shortened(text: str, limit: int) -> tuple[str, int]:
    """The beginning and the end of a long text, and how many characters between them are left out."""
    if len(text) <= limit:
        return text, 0
    head, tail = limit * 3 // 4, limit // 4
    return f"{text[:head]}\n\N{HORIZONTAL ELLIPSIS}\n{text[-tail:]}", len(text) - head - tail
