"""What the cells of a notebook put out, as far as it can be shown: texts, tables, pictures, a word for the rest."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal

from kafedra.notebooks.pixels import pixels
from kafedra.notebooks.prose import visible
from kafedra.notebooks.reading import joined

OutputKind = Literal["text", "stderr", "error", "html", "markdown", "picture", "left-out"]

MAX_TEXT: Final = 40_000
MAX_HTML: Final = 400_000
MAX_OUTPUTS: Final = 40
MAX_PICTURE_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000  # a browser keeps 160 MB for them; a file of kilobytes may say that it has billions
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


def picture_of(data: bytes) -> Picture | None:
    """``data`` as a picture, or None if it is none or too large: in bytes, or in what a browser would make of it."""
    mime = next((mime for mime, starts in _MAGIC.items() if data.startswith(starts)), None)
    if mime is None or len(data) > MAX_PICTURE_BYTES:
        return None
    width, height = pixels(mime, data)
    return Picture(mime, data) if width * height <= MAX_PIXELS else None


def outputs_of(outputs: Sequence[Any], left: int) -> tuple[tuple[Output, ...], int]:
    """What is shown of the outputs of one cell, until ``left`` characters are, and how many outputs are not."""
    shown = list[list[Output]]()
    for output in outputs[:MAX_OUTPUTS]:
        if left <= 0:
            break
        shown.append(list(_output(output)))
        left -= size_of(shown[-1])
    return _together(output for one in shown for output in one), len(outputs) - len(shown)


def size_of(outputs: Iterable[Output]) -> int:
    """How many characters ``outputs`` hold."""
    return sum(len(output.text) + len(output.plain) for output in outputs)


def bundled_picture(bundle: dict[str, Any]) -> Picture | None:
    """The first picture that ``bundle``, contents by their kinds, really holds."""
    return next((picture for mime in _MAGIC if (picture := _decoded(bundle.get(mime)))), None)


def _output(output: Any) -> Iterator[Output]:
    if not isinstance(output, dict):
        return
    kind = output.get("output_type")
    if kind == "stream":
        yield _text("stderr" if output.get("name") == "stderr" else "text", joined(output.get("text")))
    elif kind in ("error", "pyerr"):
        lines = output.get("traceback")
        trace = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
        name, value = joined(output.get("ename")), joined(output.get("evalue"))
        yield _text("error", trace or f"{name or ''}: {value or ''}")
    else:
        bundle = output.get("data")
        yield _displayed(bundle if isinstance(bundle, dict) else _from_version_3(output))


def _from_version_3(output: dict[str, Any]) -> dict[str, Any]:
    return {mime: output[old] for mime, old in _OLD_NAMES.items() if old in output}


def _displayed(bundle: dict[str, Any]) -> Output:
    """The best that can be shown of what the cell displayed."""
    if picture := bundled_picture(bundle):
        return Output("picture", picture=picture)
    plain = _text("text", joined(bundle.get("text/plain")))
    markup = _short(MAX_HTML, bundle.get("text/html"))
    if markup:
        return Output("html", markup, plain.text, cut=plain.cut)
    prose = _short(MAX_TEXT, bundle.get("text/markdown")) or _short(MAX_TEXT, bundle.get("text/latex"))
    if prose:
        return Output("markdown", prose)
    return replace(plain, text=plain.text + "\n") if plain.text.strip("\n") else left_out(bundle)


def _short(limit: int, found: Any) -> str:
    """A text that is short enough; control characters grow when they are made visible."""
    text = joined(found) or ""
    text = visible(text) if len(text) <= limit else ""
    return text if len(text) <= limit else ""


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
    """Printing line by line makes an output of each line: they belong together. Empty lines at the edges go."""
    merged: list[Output] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.kind == last.kind and output.kind in ("text", "stderr"):
            text, cut = _shortened(last.text + output.text, MAX_TEXT)
            merged[-1] = Output(last.kind, text, cut=cut + last.cut + output.cut)
        else:
            merged.append(output)
    return tuple(replace(one, text=one.text.strip("\n"), plain=one.plain.strip("\n")) for one in merged)


def _text(kind: OutputKind, text: str | None) -> Output:
    raw, cut = _shortened(text or "", 10 * MAX_TEXT)
    shown, more = visible_within(MAX_TEXT, _as_a_terminal_shows(raw))
    return Output(kind, shown, cut=cut + more)


def _as_a_terminal_shows(text: str) -> str:
    """Without colours, and with only the last state of each progress bar."""
    plain = _ESCAPE.sub("", text).replace("\r\n", "\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n"))


def visible_within(limit: int, text: str) -> tuple[str, int]:
    """``text`` made visible and shortened, before as after: control characters grow."""
    short, cut = _shortened(text, limit)
    shown, more = _shortened(visible(short), limit + 3)  # with the mark of what is left out
    return shown, cut + more


def _shortened(text: str, limit: int) -> tuple[str, int]:
    """The beginning and the end of a long text, and how many characters between them are left out."""
    if len(text) <= limit:
        return text, 0
    head, tail = limit * 3 // 4, limit // 4
    return f"{text[:head]}\n\N{HORIZONTAL ELLIPSIS}\n{text[-tail:]}", len(text) - head - tail
