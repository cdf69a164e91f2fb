"""A notebook as safe HTML, cell by cell: what strangers wrote can be read, but does nothing.

What surrounds the cells (numbers, "so much is left out", comments) is the business of the page.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from kafedra.notebooks.document import Notebook, NotebookCell
from kafedra.notebooks.highlighting import Colours, highlighted
from kafedra.notebooks.markup import cleaned, cost, seen
from kafedra.notebooks.outputs import Output, left_out
from kafedra.notebooks.prose import MAX_PROSE, PictureAddress, render_prose

# For a whole notebook: characters of Markdown, and microseconds of cleaning HTML.
_PROSE_IN_ALL: Final = 120_000
_MARKUP_IN_ALL: Final = 600_000
_LONG_TEXT_LINES: Final = 40
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


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


@dataclass
class _Page:
    """Where pictures are, and what is left to be spent on one notebook."""

    picture: PictureAddress
    colours: Colours = field(default_factory=Colours)
    prose: int = _PROSE_IN_ALL
    markup: int = _MARKUP_IN_ALL

    def takes_prose(self, text: str) -> bool:
        self.prose -= len(text)
        return self.prose >= 0 and len(text) <= MAX_PROSE

    def takes_markup(self, markup: str) -> bool:
        costs = cost(markup)
        if costs > self.markup:
            return False
        self.markup -= costs
        return True


def render_notebook(notebook: Notebook, *, picture: PictureAddress) -> tuple[RenderedCell, ...]:
    """Every cell as safe HTML. ``picture`` gives the address of a picture, named by its digest or its path."""
    page = _Page(picture)
    return tuple(
        RenderedCell(cell, _source(cell, page), tuple(_output(output, page) for output in cell.outputs))
        for cell in notebook.cells
    )


def _source(cell: NotebookCell, page: _Page) -> str:
    if cell.kind == "markdown" and page.takes_prose(cell.source):
        return render_prose(cell.source, picture=lambda name: _address(cell, name, page.picture), colours=page.colours)
    language = cell.language or "python"
    return highlighted(cell.source, language if cell.kind == "code" else "text", page.colours)


def _address(cell: NotebookCell, name: str, picture: PictureAddress) -> str | None:
    """``name`` is an address as Markdown writes it, with its letters percent-encoded."""
    name = unquote(name)
    if name.startswith("attachment:"):
        found = cell.attachments.get(name.removeprefix("attachment:"))
        return picture(found.digest) if found else None
    path = name.removeprefix("./")
    foreign = ":" in path or path.startswith(("/", "\\")) or _CONTROL.search(path)
    return None if not path.strip() or foreign or ".." in path.split("/") else picture(path)


def _output(output: Output, page: _Page) -> RenderedOutput:
    if output.picture is not None:
        return RenderedOutput("picture", address=page.picture(output.picture.digest) or "")
    if output.kind == "html":
        return _markup(output, page)
    if output.kind == "markdown" and page.takes_prose(output.text):
        return RenderedOutput("html", render_prose(output.text, colours=page.colours))
    if output.kind == "left-out":
        return RenderedOutput("left-out", text=output.text)
    return _plain("text" if output.kind == "markdown" else output.kind, output.text, output.cut)


def _plain(kind: str, text: str, cut: int) -> RenderedOutput:
    long = cut > 0 or text.count("\n") > _LONG_TEXT_LINES
    return RenderedOutput(kind, f'<pre tabindex="0">{html.escape(text)}</pre>', cut=cut, long=long)


def _markup(output: Output, page: _Page) -> RenderedOutput:
    """What would show nothing, or cost too much to be made safe, gives way to its plain text."""
    markup = seen(output.text)
    if page.takes_markup(markup) and (safe := cleaned(markup)):
        return RenderedOutput("html", safe, long=safe.count("<tr") > _LONG_TEXT_LINES)
    if output.plain:
        return _plain("text", output.plain, output.cut)
    stub = left_out(["text/html"])
    return RenderedOutput(stub.kind, text=stub.text)
