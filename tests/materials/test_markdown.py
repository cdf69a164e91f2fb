"""The course's own Markdown: figures in two themes, headings with anchors, blocks; and nothing that acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.materials.markdown import Addresses, render
from kafedra.notebooks.headings import anchor_of

PLACES = Addresses(
    picture=lambda name: (f"/light/{name}", f"/dark/{name}") if name.startswith("pictures/") else None,
    link=lambda address: f"/there/{address}" if address.startswith("../") else None,
)


def test_a_figure_has_both_themes_its_words_and_a_caption() -> None:
    html = render('![Граф](pictures/graph.svg "Рис. 1 — $x$ > 1")', PLACES).html
    assert html.startswith("<figure>")
    assert 'class="on-light" src="/light/pictures/graph.svg" alt="Граф"' in html
    assert 'class="on-dark" src="/dark/pictures/graph.svg" alt="Граф"' in html
    assert "<figcaption>Рис. 1\u00a0— $x$ &gt; 1</figcaption>" in html


def test_headings_can_be_linked_to() -> None:
    page = render("## Почему граф $\\sigma(x)$?\n\n## Почему граф $\\sigma(x)$?\n\n### Ещё\n\n[к нему](#esche)")
    assert [(one.level, one.anchor) for one in page.headings] == [
        (2, "pochemu-graf-x"), (2, "pochemu-graf-x-2"), (3, "esche"),
    ]  # fmt: skip
    assert '<h2 id="pochemu-graf-x">' in page.html
    assert 'href="#esche"' in page.html
    assert page.headings[0].title == "Почему граф σ(x)?"


def test_headings_are_lowered_where_a_text_is_part_of_a_page() -> None:
    assert "<h4 id=" in render("## Вопрос", down=2).html


def test_links_lead_outside_or_to_the_course() -> None:
    html = render("[a](https://a.example) [b](../02-x/lecture.md) [c](/sign-out/) [d](javascript:x)", PLACES).html
    assert 'href="https://a.example" rel="noopener noreferrer"' in html
    assert 'href="/there/../02-x/lecture.md"' in html
    assert "sign-out" not in re.findall(r'href="([^"]*)"', html)
    assert html.count("<a ") == html.count("</a>") == 2


def test_no_line_begins_with_the_comma_or_the_dash_after_a_formula() -> None:
    html = render("Если ($x$), то $y$. Иначе «$z$»; $a$ и $$b$$, вот; $c$ — шум.").html
    kept = re.findall(r'<span class="together">(.*?)<span class="math inline">.*?</span>(.*?)</span>', html)
    assert kept == [("(", "),"), ("", "."), ("«", "»;"), ("", "\u00a0—")]
    assert re.sub(r"<[^>]*>", "", html).strip() == "Если (x), то y. Иначе «z»; a и b, вот; c\u00a0— шум."
    assert render("## Почему ($x$)?").headings[0].title == "Почему (x)?"


def test_blocks() -> None:
    html = render("::: answer Почему $x$?\nПотому.\n:::\n\n::: misconception Сумма\nНет.\n:::\n\n::: note\nи\n:::").html
    assert '<details class="answer"><summary>Почему <span class="together"><span class="math inline"><math>' in html
    assert "<p>Потому.</p>" in html
    assert '<section class="block misconception"><p class="block-title">Сумма</p>' in html
    assert html.count("<section") == html.count("</section>") == 2
    assert html.count("<details") == html.count("</details>") == 1


def test_steps_of_a_picture_are_one_figure() -> None:
    text = '::: frames Два шага: $x$\n![Раз](pictures/p_0.svg "1")\n![Два](pictures/p_1.svg "2")\n:::'
    html = render(text, PLACES).html
    assert html.startswith('<figure class="frames" data-frames><div class="strip" tabindex="0">')
    assert re.findall(r'<figure><img[^>]*src="([^"]*)"', html) == ["/light/pictures/p_0.svg", "/light/pictures/p_1.svg"]
    assert html.count("<figure") == html.count("</figure>") == 3
    assert "<p>" not in html
    assert re.search(r"</div><figcaption>Два шага: .*</figcaption></figure>", html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "::: answer <img src=x onerror=y>\nz\n:::", "[x](javascript:alert(1))",
        "![x](javascript:alert(1))", "![x](pictures/\"onload=\"y.svg)", "## <b onclick=x>", "$\\text{<script>}$",
        "[^1]\n\n[^1]: <script>", "```<script>\n</code><script>\n```",
    ],
)  # fmt: skip
def test_hostile_texts_do_nothing(text: str) -> None:
    html = render(text, PLACES).html
    assert not re.search(r"<(script|img (?!class|src=\"/)|b\b)", html), html
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=", re.sub(r'"[^"]*"', '""', html)), html
    assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', html))


@given(st.text(alphabet=st.sampled_from("<>\"'&/= $[]()!`*_\\#-:^abx{}\n\u202e"), max_size=200))
def test_whatever_is_typed_closes_what_it_opens(text: str) -> None:
    html = render(text, PLACES).html
    for tag in ("details", "section", "a", "figure", "div"):
        assert html.count(f"<{tag} ") + html.count(f"<{tag}>") == html.count(f"</{tag}>"), html


def test_anchors_are_latin() -> None:
    assert anchor_of("Почему ещё раз: щи & борщ — 2") == "pochemu-esche-raz-schi-borsch-2"
    assert anchor_of("…") == "place"
