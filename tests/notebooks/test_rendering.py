"""A notebook that somebody handed in, shown on a page: readable, bounded, and harmless whatever is in it."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks.document import MAX_CELLS_SHOWN, MAX_OUTPUTS, Notebook, read_notebook
from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.prose import plain_formula, render_prose, visible
from kafedra.notebooks.rendering import RenderedCell, render_notebook

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n rest").decode()
ACTIVE = {"script", "style", "svg", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base"}
HARMLESS_ATTRIBUTES = {
    "class", "href", "rel", "target", "tabindex", "src", "alt", "loading", "colspan", "rowspan", "start", "display",
    "xmlns", "stretchy", "fence", "form", "separator", "columnalign", "mathvariant", "linethickness", "movablelimits",
    "lspace", "rspace", "displaystyle", "scriptlevel", "accent", "width", "minsize", "maxsize",
}  # fmt: skip


class Elements(HTMLParser):
    """Everything that a browser would make of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def require_harmless(source: str) -> None:
    for tag, attributes in Elements(source).found:
        assert tag not in ACTIVE, source
        assert set(attributes) <= HARMLESS_ATTRIBUTES, (tag, attributes)
        assert attributes.get("class", "").split() in (
            [],
            *[[one] for one in attributes.get("class", "").split()],
            ["math", "inline"],
            ["math", "block"],
        )
        if "href" in attributes:
            assert re.match(r"(https?:|mailto:)", attributes["href"], re.I), attributes
            assert "noopener" in attributes.get("rel", "")
        assert attributes.get("src", "/pictures/").startswith("/pictures/"), attributes


def notebook(*cells: dict[str, Any]) -> Notebook:
    return read_notebook("a.ipynb", json.dumps({"cells": cells, "nbformat": 4}).encode())


def rendered(*cells: dict[str, Any]) -> tuple[RenderedCell, ...]:
    return render_notebook(notebook(*cells), picture=lambda name: f"/pictures/{name}")


def shown(cell: RenderedCell) -> str:
    return cell.html + "".join(output.html for output in cell.outputs)


def output(**bundle: Any) -> dict[str, Any]:
    data = {name.replace("_", "/", 1).replace("_", "+"): value for name, value in bundle.items()}
    return {"cell_type": "code", "source": "x", "outputs": [{"output_type": "display_data", "data": data}]}


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "[x](/sign-out/)", "[x](//evil.example/)",
    "![x](javascript:alert(1))", "![x](http://evil.example/pixel.png)", "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](//evil.example/x.png)", "![x](/account/)", "![x](../../secret.png)", "<javascript:alert(1)>",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\class{notice}{x}$ $\\style{position:fixed}{x}$ $\\text{<img src=x onerror=1>}$",
    "$$x$$ (a-label)", "# heading {#main}", "<a href='/x' style='position:fixed;inset:0'>x</a>",
    '[x](https://a.example "title\\" onclick=alert(1)")', "```html onclick=1\n<script>alert(1)</script>\n```",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_prose_does_nothing(text: str) -> None:
    (cell,) = rendered({"cell_type": "markdown", "source": text})
    require_harmless(cell.html)
    require_harmless(render_prose(text))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>", "<div onclick=alert(1) style='position:fixed' id=main class=notice>x</div>",
        "<svg onload=alert(1)><a href='javascript:1'>x</a></svg>", "<a href=javascript:alert(1)>x</a>",
        "<iframe srcdoc='<script>1</script>'>x</iframe>",
        "<form action=/sign-out/ method=post><button>x</button></form>",
        "<img src=http://evil.example/x.png>", "<table><tr><td style='background:url(http://evil.example)'>1</table>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<a href='/account/'>ours</a>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>x", "<base href=//evil>x",
    ],
)  # fmt: skip
def test_html_of_outputs_does_nothing(markup: str) -> None:
    (cell,) = rendered(output(text_html=markup, text_plain="plain"))
    require_harmless(shown(cell))


@given(st.text(alphabet=st.sampled_from("<>\"'&/= $[]()!`*_\\#-:abjsx{}\n\u202e"), max_size=200))
def test_whatever_is_typed_does_nothing(text: str) -> None:
    require_harmless(render_prose(text))


@pytest.mark.parametrize("depth", [2, 9, 10, 11, 40])
def test_lists_in_each_other_lose_nothing_however_deep(depth: int) -> None:
    shown = render_prose("\n".join(f"{'  ' * level}- level {level}" for level in range(depth)) + "\n\nand **after**")
    assert all(f"level {level}\n" in shown or f"level {level}<" in shown for level in range(depth))
    assert ("<strong>after</strong>" in shown) == (depth < 10), "deeper than that it is shown as it was typed"
    require_harmless(shown)


@pytest.mark.parametrize("depth", [3, 19, 20, 21, 60])
def test_quotations_in_each_other_lose_nothing_however_deep(depth: int) -> None:
    assert "the end" in render_prose(f"{'> ' * depth}the end <b>")
    require_harmless(render_prose(f"{'> ' * depth}the end <b>"))


def test_a_link_without_its_address_is_no_link() -> None:
    shown = render_prose("[a](/sign-out/) **[b](javascript:x) c** [d](https://d.example) [*e*](/account/)")
    assert shown.count("<a ") == shown.count("</a>") == 1
    assert "<p>a <strong>" in shown
    assert "<em>e</em></p>" in shown


def test_a_formula_in_a_line_of_plain_text() -> None:
    assert [plain_formula(source) for source in (r"\sigma(x)", "O(n^2)", r"x \le 3")] == ["σ(x)", "O(n^2)", "x≤3"]
    assert {plain_formula(source) for source in (r"\frac{a}{b}", "e^{-|x|}", r"\frac{")} == {"…"}


def test_html_that_is_nothing_but_a_script_gives_way_to_its_plain_text() -> None:
    (cell,) = rendered(output(text_html="<script>draw()</script>", text_plain="<Figure size 640x480>"))
    assert "&lt;Figure size 640x480&gt;" in shown(cell)
    (cell,) = rendered(output(text_html="<script>draw()</script>"))
    assert (cell.outputs[0].kind, cell.outputs[0].text) == ("left-out", "text/html")


def test_a_table_stays_a_table() -> None:
    (cell,) = rendered(
        output(text_html="<table><tr><th colspan='2'>loss</th></tr><tr><td>1</td><td>2</td></tr></table>")
    )
    assert '<th colspan="2">loss</th>' in shown(cell)


def test_pictures_are_known_by_their_content() -> None:
    made = notebook(output(image_png=PNG), output(image_png=base64.b64encode(b"<svg onload=alert(1)>").decode()))
    (picture,) = made.pictures.values()
    assert picture.mime == "image/png"
    first, second = render_notebook(made, picture=lambda name: f"/pictures/{name}")
    assert first.outputs[0].address == f"/pictures/{picture.digest}"
    assert second.outputs[0].kind == "left-out"


def test_svg_and_scripts_are_named_but_not_shown() -> None:
    (cell,) = rendered(output(image_svg_xml="<svg onload=alert(1)>", application_javascript="alert(1)"))
    assert cell.outputs[0].html == ""
    assert "image/svg+xml" in cell.outputs[0].text


def test_attachments_and_files_beside_the_notebook_are_pictures() -> None:
    source = "![a](attachment:a.png) ![b](pictures/b.png) ![c](attachment:none.png)"
    (cell,) = rendered({"cell_type": "markdown", "source": source, "attachments": {"a.png": {"image/png": PNG}}})
    addresses = [attributes["src"] for tag, attributes in Elements(cell.html).found if tag == "img"]
    assert len(addresses) == 2
    assert addresses[1] == "/pictures/pictures/b.png"


def test_characters_that_turn_text_around_are_visible() -> None:
    trojan = "if level != 'user\u202e \u2066# admin\u2069 \u2066':"
    (cell,) = rendered({"cell_type": "code", "source": trojan, "outputs": []})
    assert "\u202e" not in cell.html
    assert "⟨U+202E⟩" in cell.html
    assert visible("\ud800\x1b\x00ok\n\t") == "⟨U+D800⟩⟨U+001B⟩⟨U+0000⟩ok\n\t"


def test_colours_of_the_terminal_and_progress_bars_leave_their_last_state() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "\r10%\r100%\n\x1b[31mred\x1b[0m\n"}
    (cell,) = rendered({"cell_type": "code", "source": "x", "outputs": [stream]})
    assert "100%\nred" in shown(cell)
    assert "10%\n" not in shown(cell).replace("100%", "")


def test_what_is_huge_is_cut_and_says_so() -> None:
    loud = {"output_type": "stream", "name": "stdout", "text": "a\n" * 1_000_000}
    quiet = output(text_plain="0")["outputs"][0]
    (cell,) = rendered({"cell_type": "code", "source": "y\n" * 200_000, "outputs": [loud] * 20 + [quiet] * 80})
    assert len(shown(cell)) < 600_000
    assert cell.outputs[0].long
    assert cell.outputs[0].cut > 1_000_000
    assert cell.cell.cut == 300_000
    assert cell.cell.more_outputs == 100 - MAX_OUTPUTS


def test_a_notebook_of_huge_cells_stays_a_page() -> None:
    cells = rendered(*({"cell_type": "code", "source": "x = 1\n" * 10_000, "outputs": []} for _ in range(450)))
    assert sum(len(shown(cell)) for cell in cells) < 6_000_000
    assert notebook(*({"cell_type": "code", "source": "x"} for _ in range(1_000))).more == 1_000 - MAX_CELLS_SHOWN


@pytest.mark.parametrize(
    "cell",
    [
        None, 7, [], {}, {"cell_type": 3, "source": {"a": 1}},
        {"cell_type": "code", "source": "x", "outputs": {"a": 1}},
        {"cell_type": "code", "source": ["x", 5, None], "outputs": [None, 5, {"output_type": "stream", "text": 7}]},
        {"cell_type": "code", "source": "x", "outputs": [{"output_type": "error", "traceback": "no list"}]},
        {"cell_type": "code", "source": "x", "outputs": [{"output_type": "stream", "name": ["stdout"], "text": [1]}]},
        output(image_png="%%%"),
        {"cell_type": "markdown", "source": "x", "attachments": {"a": {"image/png": 5}, "b": None}},
    ],
)  # fmt: skip
def test_what_is_no_proper_cell_is_shown_as_far_as_it_goes(cell: Any) -> None:
    assert len(rendered(cell, {"cell_type": "code", "source": "after"})) == 2


def test_outputs_of_version_3_are_shown() -> None:
    old = {"cell_type": "code", "input": "x", "outputs": [{"output_type": "pyout", "text": "42", "png": PNG}]}
    document = {"worksheets": [{"cells": [old]}], "nbformat": 3}
    made = read_notebook("a.ipynb", json.dumps(document).encode())
    assert made.cells[0].outputs[0].kind == "picture"


def test_what_is_no_notebook_is_refused() -> None:
    with pytest.raises(UnusableSubmission):
        read_notebook("a.ipynb", b"{")


def test_formulas_become_mathml_and_broken_ones_code() -> None:
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in render_prose("$x^2$")
    assert "<code>\\frac{</code>" in render_prose("$\\frac{$")
