"""What a page of a topic shows: the chapter with its numbers, the seminar with its outputs. No waiting for anything.

What has not been executed yet stands there without outputs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kafedra.course.topics import TopicMaterials
from kafedra.materials.execution import Executed, known
from kafedra.materials.kernel import DARK_PICTURE
from kafedra.materials.markdown import Addresses, Heading, render, themed
from kafedra.materials.pictures import known_pictures, picture_name
from kafedra.materials.seminars import Seminar, Variant, read_seminar, taken_away
from kafedra.materials.store import Store
from kafedra.materials.values import filled
from kafedra.notebooks.authoring import ANSWER_TAG
from kafedra.notebooks.document import read_notebook
from kafedra.notebooks.ipynb import notebook_json
from kafedra.notebooks.outputs import Picture, picture_of
from kafedra.notebooks.percent import FOLDED_TAG, Cell
from kafedra.notebooks.rendering import RenderedOutput, render_notebook

_ALT: Final = {"ru": "Рисунок, который строит ячейка выше", "en": "The figure drawn by the cell above"}


@dataclass(frozen=True)
class Chapter:
    """The lecture. `headings` are those of levels 2 and 3; `complete`: every number and figure is there."""

    title: str
    html: str
    headings: tuple[Heading, ...]
    complete: bool


@dataclass(frozen=True)
class SeminarCell:
    """One cell. `number` counts from 1 as in the notebook; `outputs` are safe HTML, in order."""

    number: int
    kind: str
    html: str
    outputs: tuple[str, ...] = ()
    blank: bool = False
    answer: bool = False
    folded: bool = False


@dataclass(frozen=True)
class SeminarPage:
    """A notebook as a page, its first heading apart. `pictures` are its figures by digest, of both themes."""

    title: str

    cells: tuple[SeminarCell, ...]
    headings: tuple[Heading, ...]
    executed: bool
    pictures: Mapping[str, Picture] = field(default_factory=dict)


def chapter(topic: TopicMaterials, store: Store, addresses: Addresses) -> Chapter:
    """The lecture as safe HTML: its first heading apart, since the page has one of its own."""
    executed = known(topic, store)
    text = filled(topic.lecture.read_text("utf-8"), executed.values if executed else None)
    title, rest = titled(text)
    page = render(rest, addresses)
    pictures = not topic.pictures.is_file() or bool(known_pictures(topic, store))
    return Chapter(title, page.html, tuple(one for one in page.headings if one.level <= 3), bool(executed) and pictures)


def titled(text: str) -> tuple[str, str]:
    """The first heading of a text, and what follows it; without one, nothing and all of the text."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.removeprefix("# ").strip() if first.startswith("# ") else ""
    return (title, rest) if title else ("", text)


def picture(topic: TopicMaterials, store: Store, address: str, *, dark: bool) -> bytes | None:
    """The file of `pictures/name.svg` in one theme; None if it isn't drawn yet."""
    name = picture_name(address)
    found = known_pictures(topic, store).get(f"{name}.{'dark' if dark else 'light'}") if name else None
    return found.encode() if found else None


def seminar_page(
    topic: TopicMaterials,
    store: Store,
    variant: Variant,
    addresses: Addresses,
    *,
    picture_at: Callable[[str], str],
    language: str = "ru",
) -> SeminarPage:
    """A notebook as a page; `picture_at` says where the picture with a digest is.

    The student's notebook has the outputs of all cells but those that the student writes, and what shows them.
    """
    seminar = read_seminar(topic)
    executed = known(topic, store)
    cells = seminar.of(variant)
    document = json.loads(notebook_json(cells))
    dark = _put_outputs(document["cells"], seminar, executed, variant)
    notebook = read_notebook("seminar.ipynb", json.dumps(document).encode())
    rendered = render_notebook(notebook, picture=picture_at)
    shown, headings = list[SeminarCell](), list[Heading]()
    title, first = titled(cells[0].source) if cells and cells[0].kind == "markdown" else ("", "")
    for number, (cell, one) in enumerate(zip(cells, rendered, strict=True), start=1):
        if cell.kind == "markdown":
            prose = render(first if number == 1 else cell.source, addresses)
            headings += prose.headings
            shown.append(_cell(number, cell, prose.html, ()))
        elif cell.source.strip():
            outputs = tuple(_output(output, picture_at, dark, language) for output in one.outputs)
            shown.append(_cell(number, cell, one.html, outputs))
    pictures = {**notebook.pictures, **{found.digest: found for found in dark.values()}}
    return SeminarPage(title, tuple(shown), tuple(one for one in headings if one.level <= 3), bool(executed), pictures)


def notebook_file(topic: TopicMaterials, store: Store, variant: Variant) -> bytes:
    """The notebook to download; the solved one with its outputs, if it has been executed."""
    seminar = read_seminar(topic)
    document = json.loads(notebook_json(taken_away(seminar.of(variant))))
    if variant == "solved":
        _put_outputs(document["cells"], seminar, known(topic, store), variant)
        for cell in document["cells"]:
            for output in cell.get("outputs", ()):
                output.get("data", {}).pop(DARK_PICTURE, None)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def text_html(text: str, addresses: Addresses | None = None, *, inline: bool = False) -> str:
    """A question, an option, a problem of the course as safe HTML."""
    return render(text, addresses, down=2, inline=inline).html


def _put_outputs(
    cells: Sequence[dict[str, Any]], seminar: Seminar, executed: Executed | None, variant: Variant
) -> dict[str, Picture]:
    """Outputs into the notebook; the dark pictures among them by the digest of their light ones."""
    dark = dict[str, Picture]()
    hidden = {blank.check for blank in seminar.blanks()} if variant == "student" else set()
    for number, run in (executed.runs if executed else {}).items():
        if number in hidden or (variant == "student" and seminar.cells[number].is_solution):
            continue
        cells[number]["outputs"] = [dict(output) for output in run.outputs]
        cells[number]["execution_count"] = None
        for output in run.outputs:
            data = output.get("data", {})
            light, other = _decoded(data.get("image/png")), _decoded(data.get(DARK_PICTURE))
            if light and other:
                dark[light.digest] = other
    return dark


def _decoded(text: Any) -> Picture | None:
    import base64

    return picture_of(base64.b64decode(text)) if isinstance(text, str) else None


def _cell(number: int, cell: Cell, html: str, outputs: tuple[str, ...]) -> SeminarCell:
    return SeminarCell(
        number=number,
        kind=cell.kind,
        html=html,
        outputs=outputs,
        blank=ANSWER_TAG in cell.tags,
        answer=cell.is_solution,
        folded=FOLDED_TAG in cell.tags,
    )


def _output(
    output: RenderedOutput, picture_at: Callable[[str], str], dark: Mapping[str, Picture], language: str
) -> str:
    if output.kind != "picture":
        return output.html
    other = next(
        (picture_at(found.digest) for light, found in dark.items() if picture_at(light) == output.address), None
    )
    return themed(output.address, other or output.address, _ALT[language])
