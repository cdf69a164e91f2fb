"""Formulas of deep learning as MathML: each kind has the structure that a reader expects to see."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.notebooks.formulas import formula_html, mathml
from kafedra.notebooks.tex import FormulaError

NS = "{http://www.w3.org/1998/Math/MathML}"
KINDS = {
    r"\begin{aligned} m_t &= \beta_1 m \\ v_t &= \beta_2 v \end{aligned}": ["<mtr>", "m-right", "m-left", "=</mo>"],
    r"\operatorname*{arg\,min}_\theta L": ["<munder>", "arg min", "θ"],
    r"\mathcal N(0, \mathbf I)": ["𝒩", "𝐈"],
    r"\boxed{x + 1}": ['<mrow class="m-box">'],
    r"\cancel{x}": ['<mrow class="m-up">'],
    r"\bcancel{x}": ["m-down"],
    r"\mathbb{1}[y = k]": ["𝟙"],
    r"\widehat{abc}": ["<mover", 'stretchy="true"'],
    r"\overline{x + y}": ['<mrow class="m-over">'],
    r"\underline{z}": ["m-under"],
    r"\boldsymbol{\theta} + \bm{\mu}": ["𝜽", "𝝁"],
    r"A \xrightarrow{\text{backprop}} B": ["→", "backprop", "<mover"],
    r"\lim_{h \to 0} f": ["<munder>", "lim", "→"],
    r"\max_i a_i": ["<munder>", "max"],
    r"y = Wx + b \tag{1}": ["(1)", "<mtable"],
    r"\lVert x \rVert_2": ["‖", "<msub>"],
    r"\begin{cases} x, & x > 0 \\ 0, & x \le 0 \end{cases}": ["{", "<mtr>", "m-left", "≤"],
    r"\operatorname{softmax}(z)_i": ["softmax"],
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}": ["(", "<mtable", "<mtd>"],
    r"\left( \sum_{i=1}^{N} x_i \right)^{1/2}": ["<munderover>", "∑"],
    r"\bigl( x - \mu \bigr)^2": ['minsize="1.2em"', "<msup><mrow><mo"],
    r"\underbrace{a + b}_{\text{сумма}}": ["⏟", "сумма"],
    r"D_{\mathrm{KL}}(q \,\|\, p)": ["KL", "‖"],
    r"\left(\frac{QK^\top}{\sqrt{d_k}}\right)V": ["<mfrac>", "<msqrt>", "⊤"],
    r"\prod_{t=1}^{T} p_\theta(x_t \mid x_{<t})": ["∏", "&lt;", "∣"],
    r"\begin{array}{c|cc} & a & b \\ \hline x & 1 & 2 \end{array}": ["m-line-right", "m-line-top"],
    r"x \odot y \in \mathbb R^{d}": ["⊙", "∈", "ℝ"],
    r"\hat\theta, \bar x, \tilde x, \dot x, \ddot x": ["θ", "¯", "<mover"],
    r"\vec{v}": ["→"],
    r"\binom{n}{k}": ['linethickness="0"'],
    r"\left. \frac{dy}{dx} \right|_{x=0}": ["|", "<mfrac>"],
    r"\sum_{\substack{i=1 \\ i \ne j}}^n a_{ij}": ["≠", "<mtable"],
    r"\begin{align} a &= b \\ c &= d \end{align}": ["<mtr>", "m-right"],
    r"\begin{split} a &= b \\ &= c \end{split}": ["<mtr>", "m-right"],
    r"a = 1 \\ b = 2": ["<mtr>"],
    r"\text{если $x > 0$, то } x": ["если ", "<mi>x</mi>", "&gt;"],
    r"10\,000{,}5": ["10", "5"],
    r"\color{red}{x} + \textcolor{blue}{y}": ["m-red", "m-blue"],
    r"\pmb{x} \smash{y} \mathclap{z} \color{#ff0000}{w}": ["𝒙", "<mi>y</mi>", "<mi>z</mi>", "<mi>w</mi>"],
    r"\dots, \cdots": [".</mo>", "⋯"],
}
UNREADABLE = {
    "": "without anything",
    r"\frac{": "expected",
    r"\nosuchcommand x": "nosuchcommand",
    r"\begin{aligned} a": "end",
    r"a & b": "&",
    r"\def\a{x}\a": "defines no commands",
    r"\newcommand{\E}{x} \E": "defines no commands",
    "x" * 5000: "too long",
    "{" * 2000 + "}" * 2000: "too long",
    r"\sqrt{" * 400 + "x" + "}" * 400: "nested too deeply",
    "x\ud800": "characters",
}


def parsed(source: str, *, display: bool = True) -> ET.Element:
    return ET.fromstring(mathml(source, display=display))


@pytest.mark.parametrize(
    ("source", "expected"), KINDS.items(), ids=lambda one: one[:40] if isinstance(one, str) else ""
)
def test_each_kind_of_formula_has_its_structure(source: str, expected: list[str]) -> None:
    math = re.sub(r"[\u00a0\u2009]", " ", mathml(source, display=True))
    ET.fromstring(math)  # well formed
    assert not [part for part in expected if part not in math], math
    assert not re.search(r"(?<!&amp)\\[a-z]", math), "no command is left as text"
    if r"\begin" in source:
        assert "<mi>&amp;" not in math


def test_columns_of_aligned_are_cells_and_no_sign_between_them() -> None:
    math = parsed(r"\begin{aligned} a &= b + c \\ d &= e \end{aligned}")
    rows = [[len(cell) for cell in row] for row in math.iter("mtr")]
    assert rows == [[1, 4], [1, 2]]
    assert "&" not in "".join(math.itertext())


def test_room_after_a_line_is_no_text_of_the_next_one() -> None:
    shown = mathml(r"\begin{cases} a, & b \\[2ex] [c], & d \\* [ -1.5em ] e, & f \end{cases}", display=True)
    assert shown.count("<mtr>") == 3
    assert [letter for letter in re.findall(r">([^<>\s]+)<", shown) if letter in "2ex1.5m["] == ["[", "e"]


def test_inline_formulas_have_no_number_and_no_place_for_the_keyboard() -> None:
    assert "(1)" not in mathml(r"x \tag{1}")
    assert "tabindex" not in mathml("x")
    assert 'tabindex="0"' in mathml("x", display=True)
    assert 'display="block"' in mathml("x", display=True)


def test_equations_are_numbered_only_where_they_say_so() -> None:
    assert "(1)" not in mathml(r"\begin{align} a &= b \\ c &= d \end{align}", display=True)
    assert "(2.1)" in mathml(r"\begin{align} a &= b \tag{2.1} \\ c &= d \end{align}", display=True)
    assert "label" not in mathml(r"\begin{equation} x \label{eq:one} \end{equation}", display=True)


@pytest.mark.parametrize(
    ("source", "reason"), UNREADABLE.items(), ids=lambda one: one[:20].encode("ascii", "replace").decode()
)
def test_what_cannot_be_read_is_refused_with_its_reason(source: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=f"(?i){re.escape(reason)}"):
        mathml(source)


def test_a_formula_that_cannot_be_read_is_shown_as_it_was_typed() -> None:
    assert formula_html(r"\frac{<b>") == r"<code>\frac{&lt;b&gt;</code>"


@pytest.mark.parametrize(
    "source",
    [
        r"\text{<script>alert(1)</script>}", r"\textbf{<b onclick=x>}", r"\eqref{javascript:x}", r"\hspace{-900em} x",
        r"\kern-500em x", r"\color{red}{\text{\"}}", r"\begin{array}{" + "c" * 900 + "} x \\end{array}",
        r"\raisebox{500em}{x}", r"\mathrm{<img src=x>}", "\U0001f600" * 900, r"\unicode{x202E}",
    ],
)  # fmt: skip
def test_hostile_formulas_do_nothing(source: str) -> None:
    shown = formula_html(source, display=True)
    assert " style=" not in shown
    assert "href" not in shown
    assert not re.search(r"<(?!/?(?:m[a-z]+|code)\b)", shown), shown
    assert not re.search(r'="-?\d{3,}(?:em|ex|px)', shown)


@pytest.mark.parametrize(
    ("source", "moved"),
    [
        (r"\raisebox{-20em}{10/10}", 'voffset="-20em"'), (r"\raisebox{3em}{x}", 'voffset="3em"'),
        (r"\genfrac{}{}{90em}{}{a}{b}", 'linethickness="90em"'),
        (r"\genfrac{}{}{40pt}{}{a}{b}", 'linethickness="40pt"'),
    ],
)  # fmt: skip
def test_a_formula_is_not_drawn_over_what_stands_beside_it(source: str, moved: str) -> None:
    shown = formula_html(source)
    assert "<math" in shown
    assert moved not in shown


def test_what_a_formula_needs_to_move_still_moves() -> None:
    assert 'voffset="0.3em"' in formula_html(r"\raisebox{0.3em}{x}")
    assert 'linethickness="0"' in formula_html(r"\binom{n}{k}")
    assert formula_html(r"\iint\!\!\!\int").count("m-back") == 3
    assert formula_html(r"\!" * 100 + "x").count("m-back") < 20


PIECES = [
    "x", "1", "{", "}", "^", "_", "&", r"\\", "(", ")", " ", "ы", "$", "'", "%", "#", "~", "<", r"\frac", r"\sqrt",
    r"\left", r"\right", r"\middle", r"\begin{cases}", r"\end{cases}", r"\begin{aligned}", r"\end{aligned}",
    r"\text{", r"\hat", r"\overline", r"\sum", r"\limits", r"\big", r"\bigl", r"\operatorname*", r"\mathbb",
    r"\mathcal", r"\substack{", r"\tag{", r"\not", r"\hline", r"\begin{array}{c|c}", r"\end{array}", r"\xrightarrow[",
    "]", "[", r"\color{red}", r"\boxed", r"\cancel", r"\underbrace", r"\dots", r"\label{", r"\over", r"\choose",
    r"\sideset", r"\prescript", r"\kern1em", r"\rm",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.booleans())
def test_whatever_is_typed_becomes_mathematics_or_is_refused(source: str, display: bool) -> None:
    try:
        math = mathml(source, display=display)
    except FormulaError:
        return
    assert all(element.tag.startswith("m") for element in ET.fromstring(math).iter())
    assert " style=" not in math
