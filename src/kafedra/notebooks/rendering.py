"""A notebook as safe HTML, cell by cell: what strangers wrote can be read, but does nothing.

What surrounds the cells (numbers, "so much is left out", comments) is the business of the page.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kafedra.notebooks.document import Notebook, NotebookCell, Output, left_out
from kafedra.notebooks.highlighting import highlighted
from kafedra.notebooks.prose import MAX_PROSE, render_prose

# For a whole notebook: colouring is the slow part, at some 300 KB a second.
_COLOURED_IN_ALL: Final = 400_000
_LONG_TEXT_LINES: Final = 40

_TAGS: Final = frozenset(
    "a abbr b blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p "
    "pre s samp small span strong sub summary details sup table tbody td tfoot th thead tr u ul var".split()
)
_SPANS: Final = {"colspan", "rowspan"}
_ATTRIBUTES: Final[dict[str, set[str]]] = {"a": {"href"}, "td": _SPANS, "th": _SPANS, "ol": {"start"}}
_SCHEMES: Final = {"http", "https", "mailto"}


@dataclass(frozen=True)
class RenderedOutput:
    """One output. ``html`` is safe; ``address`` is where its picture is; ``long`` ones are shown folded."""

    kind: str
    html: str = ""
    address: str = ""
    text: str = ""
    cut: int = 0
    long: bool = False


@dataclass(frozen=True)
class RenderedCell:
    """One cell, its source as safe HTML, and its outputs."""

    cell: NotebookCell
    html: str
    outputs: tuple[RenderedOutput, ...]

    @property
    def number(self) -> int:
        return self.cell.number

    @property
    def kind(self) -> str:
        return self.cell.kind


def render_notebook(notebook: Notebook, *, picture: Callable[[str], str]) -> tuple[RenderedCell, ...]:
    """Every cell as safe HTML. ``picture`` gives the address of a picture, named by its digest or its path."""
    left = _COLOURED_IN_ALL
    cells = []
    for cell in notebook.cells:
        left -= len(cell.source)
        source = _source(cell, picture, in_colour=left >= 0)
        cells.append(RenderedCell(cell, source, tuple(_output(output, picture) for output in cell.outputs)))
    return tuple(cells)


def _source(cell: NotebookCell, picture: Callable[[str], str], *, in_colour: bool) -> str:
    if cell.kind == "markdown" and in_colour and len(cell.source) <= MAX_PROSE:
        return render_prose(cell.source, picture=lambda name: _address(cell, name, picture))
    return highlighted(cell.source, "python" if cell.kind == "code" and in_colour else "text")


def _address(cell: NotebookCell, name: str, picture: Callable[[str], str]) -> str | None:
    if name.startswith("attachment:"):
        found = cell.attachments.get(name.removeprefix("attachment:"))
        return picture(found.digest) if found else None
    foreign = ":" in name or name.startswith(("/", "\\"))
    return None if foreign or ".." in name.split("/") else picture(name.removeprefix("./"))


def _output(output: Output, picture: Callable[[str], str]) -> RenderedOutput:
    if output.picture is not None:
        return RenderedOutput("picture", address=picture(output.picture.digest))
    if output.kind == "html":
        return _markup(output)
    if output.kind == "markdown":
        return RenderedOutput("html", render_prose(output.text))
    if output.kind == "left-out":
        return RenderedOutput("left-out", text=output.text)
    return _plain(output.kind, output.text, output.cut)


def _plain(kind: str, text: str, cut: int) -> RenderedOutput:
    long = cut > 0 or text.count("\n") > _LONG_TEXT_LINES
    return RenderedOutput(kind, f'<pre tabindex="0">{html.escape(text)}</pre>', cut=cut, long=long)


def _markup(output: Output) -> RenderedOutput:
    import nh3

    cleaned = nh3.clean(
        output.text,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "title", "noscript", "svg", "math"},
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )
    if nh3.clean(cleaned, tags=set()).strip():
        return RenderedOutput("html", cleaned, long=cleaned.count("<tr") > _LONG_TEXT_LINES)
    if output.plain:
        return _plain("text", output.plain, output.cut)
    stub = left_out(["text/html"])
    return RenderedOutput(stub.kind, text=stub.text)
