"""A notebook that somebody handed in, shown on a page: readable, bounded, and harmless whatever is in it."""

from __future__ import annotations

import base64
import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks.document import MAX_CELLS_SHOWN, Notebook, read_notebook
from kafedra.notebooks.formulas import plain_formula
from kafedra.notebooks.messages import UnusableSubmission
from kafedra.notebooks.outputs import MAX_OUTPUTS
from kafedra.notebooks.prose import render_prose, visible
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
    lines = {r"\sigma(x)": "σ(x)", "O(n^2)": "O(n^2)", r"x \le 3": "x≤3", "f'(x)": "f′(x)", "f''": "f″"}
    assert {source: plain_formula(source) for source in lines} == lines
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


def sized(kind: str, width: int, height: int) -> str:
    """The beginning of a file that says that its picture is so large."""
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4)
    gif = b"GIF89a" + (width % 2**16).to_bytes(2, "little") + (height % 2**16).to_bytes(2, "little")
    frame = b"\xff\xc2\0\x0b\x08" + (height % 2**16).to_bytes(2) + (width % 2**16).to_bytes(2) + b"\x01\x11\0"
    jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff" + frame
    return base64.b64encode({"png": png, "gif": gif, "jpeg": jpeg}[kind] + b"\0" * 20).decode()


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg"])
def test_a_picture_that_would_take_a_browsers_memory_is_left_out(kind: str) -> None:
    bundles = [{f"image_{kind}": sized(kind, side, side)} for side in (2_000, 60_000)]
    fits, bomb = [cell.outputs[0] for cell in rendered(*(output(**one) for one in bundles))]
    assert fits.kind == "picture"
    assert bomb.kind == "left-out"


def test_attachments_and_files_beside_the_notebook_are_pictures() -> None:
    source = "![a](attachment:a.png) ![b](pictures/b.png) ![c](attachment:none.png)"
    (cell,) = rendered({"cell_type": "markdown", "source": source, "attachments": {"a.png": {"image/png": PNG}}})
    addresses = [attributes["src"] for tag, attributes in Elements(cell.html).found if tag == "img"]
    assert len(addresses) == 2
    assert addresses[1] == "/pictures/pictures/b.png"


@pytest.mark.parametrize(
    "name", ["", "\t", "<>", " ", "./", "%20", "a%0Ab.png", "<./ >", "..%2fsecret.png", "%2Faccount/"]
)
def test_a_picture_with_no_name_is_no_picture(name: str) -> None:
    (cell,) = rendered({"cell_type": "markdown", "source": f"![words]({name})"})
    assert "<img" not in cell.html
    assert "words" in cell.html


def test_a_picture_may_have_a_russian_name() -> None:
    (cell,) = rendered({"cell_type": "markdown", "source": "![x](<графики/первый график.png>)"})
    assert 'src="/pictures/графики/первый график.png"' in cell.html


def test_characters_that_turn_text_around_are_visible() -> None:
    trojan = "if level != 'user\u202e \u2066# admin\u2069 \u2066':"
    (cell,) = rendered({"cell_type": "code", "source": trojan, "outputs": []})
    assert "\u202e" not in cell.html
    assert "⟨U+202E⟩" in cell.html
    assert visible("עברית العربية") == "עברית العربية"
    assert visible("\ud800\x1b\x00ok\n\t") == "⟨U+D800⟩⟨U+001B⟩⟨U+0000⟩ok\n\t"


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "markdown", "source": "a&#x202E;b&#8294;c &rlm; $\\text{&#x202E;}$ ![&#x202E;](x.png)"},
        {"cell_type": "markdown", "source": "```\n&#x202E;\n```\n[a](https://a.example/&#x202E; '&#x2066;')"},
        output(text_html="<p>a&#x202E;b<a href='https://a.example/&#x202E;'>&#x2066;c</a></p>"),
        output(text_markdown="a&#x202E;b"),
        output(text_latex="$\\text{a&#x202E;b}$"),
    ],
)  # fmt: skip
def test_characters_that_turn_text_around_do_not_hide_in_entities(cell: dict[str, Any]) -> None:
    (made,) = rendered(cell)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown(made))
    assert "U+202E" in shown(made) or "#x202E" in shown(made)


def coloured(source: str) -> bool:
    return '<span class="' in source


GAP = " \n" * 9_000


@pytest.mark.parametrize("source", [GAP, f"x = 1\n{GAP}y = 2\n", "1" * 12_000, "x = 1\n" * 8_000, "x" * 600 + " = 1"])
def test_code_that_nobody_writes_by_hand_is_plain(source: str) -> None:
    (cell,) = rendered({"cell_type": "code", "source": source, "outputs": []})
    assert not coloured(cell.html)
    assert html.escape(source[:500]) in cell.html


@pytest.mark.parametrize("language", ["c", "cpp", "console", "python", "json", "yaml", "bash", "sql", "latex", "toml"])
def test_gaps_and_heaps_of_digits_are_plain_in_every_language(language: str) -> None:
    for block in (f"x\n{GAP}y\n", "1" * 9_000, "[" * 9_000):
        assert not coloured(render_prose(f"```{language}\n{block}\n```"))


def test_what_people_write_is_coloured() -> None:
    cell = 'def f(x):\n    """Doc."""\n\n    return [x + 1, "s"]  # why\n\n\n' * 33
    cells = rendered(*({"cell_type": "code", "source": cell, "outputs": []} for _ in range(40)))
    assert all(coloured(one.html) for one in cells)
    assert coloured(render_prose('```python\nx = 1\n```\n\n```json\n{"a": [1]}\n```'))


def test_only_so_much_of_a_page_is_coloured() -> None:
    cells = rendered(*({"cell_type": "code", "source": "x = [1]\n" * 2_000, "outputs": []} for _ in range(40)))
    assert coloured(cells[0].html)
    assert not coloured(cells[-1].html)
    fences = render_prose("```python\n" + "x = [1]\n" * 200 + "```\n\n")
    many = rendered(*({"cell_type": "markdown", "source": "```json\n[1]\n```\n" * 1_000} for _ in range(40)))
    assert coloured(fences)
    assert not coloured(many[-1].html)


TANGLES = {
    "nested": "<div>" * 40_000,
    "nested lists": "<ul><li>" * 20_000,
    "badly closed": "<b><div></b>" * 10_000,
    "reopened": "".join(f"<p><b id={number}></p>" for number in range(900)) + "<p>x</p>" * 900,
    "closed in comments": "<div><!--</div>-->" * 5_000,
    "closed in attributes": "<div title='</div>'>" * 5_000,
    "closed in a wrong attribute": "<div a='b'c='></div>'>" * 5_000,
    "one tag of many attributes": "<a " + " ".join(f"a{number}" for number in range(50_000)) + ">x</a>",
}


@pytest.mark.parametrize("markup", TANGLES.values(), ids=TANGLES)
def test_html_that_costs_too_much_gives_way_to_its_plain_text(markup: str) -> None:
    (cell,) = rendered(output(text_html=f"<p>shown</p>{markup}", text_plain="plain"))
    assert (cell.outputs[0].kind, "plain" in shown(cell), "shown" in shown(cell)) == ("text", True, False)
    (cell,) = rendered(output(text_html=f"<p>shown</p>{markup}"))
    assert (cell.outputs[0].kind, cell.outputs[0].text) == ("left-out", "text/html")


def test_tables_of_honest_size_stay_tables_and_the_page_has_an_end() -> None:
    style = "<!-- a table --><style scoped>.dataframe td > b { color: red }</style>"
    row = "<tr><th>1</th>" + "<td class='x'>0.25<br></td>" * 20 + "</tr>"
    table = output(text_html=f"<div>{style}<table border='1'>{row * 60}</table></div>", text_plain="plain")
    few, many = rendered(*[table] * 8), rendered(*[table] * 80)
    assert all("<td>" in shown(cell) for cell in few)
    assert "dataframe" not in shown(few[0])
    assert "<td>" not in shown(many[-1])
    assert "plain" in shown(many[-1])


def test_html_that_a_person_forgot_to_close_is_shown() -> None:
    (cell,) = rendered(output(text_html="<h1>Title<p>one<p>a < b<ul><li>two<li>three", text_plain="plain"))
    assert "<li>three</li>" in shown(cell)


def test_the_outputs_of_one_cell_have_a_limit_together() -> None:
    (cell,) = rendered({"cell_type": "code", "source": "x", "outputs": output(text_html="x" * 399_000)["outputs"] * 40})
    assert len(cell.outputs) < 10
    assert cell.cell.more_outputs == 40 - len(cell.outputs)


def test_characters_that_grow_when_made_visible_do_not_outgrow_the_limits() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "\x01" * 100_000}
    (cell,) = rendered({"cell_type": "code", "source": "\x01" * 90_000, "outputs": [stream] * 2})
    assert len(shown(cell)) < 200_000


def test_colours_of_the_terminal_and_progress_bars_leave_their_last_state() -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": "\r10%\r100%\n\x1b[31mred\x1b[0m\n"}
    (cell,) = rendered({"cell_type": "code", "source": "x", "outputs": [stream]})
    assert "100%\nred" in shown(cell)
    assert "10%\n" not in shown(cell).replace("100%", "")


def test_lines_that_were_printed_apart_stay_lines() -> None:
    apart = [{"output_type": "stream", "name": "stdout", "text": f"{word}\n"} for word in ("one", "two")]
    (cell,) = rendered({"cell_type": "code", "source": "x", "outputs": apart + output(text_plain="3")["outputs"]})
    assert "one\ntwo\n3" in shown(cell)


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
        {"cell_type": [["code"]], "source": "x"}, {"cell_type": "code", "source": "\ud800\x00", "id": {"a": 1}},
        {"cell_type": "code", "source": "x", "outputs": [{"output_type": ["error"], "data": [1]}]},
        {"cell_type": "code", "source": "x", "outputs": [{"output_type": "error", "ename": [[1]], "evalue": {}}]},
        {"cell_type": "markdown", "source": "![x](attachment:%ff)", "attachments": {"\ud800": {"image/png": PNG}}},
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
