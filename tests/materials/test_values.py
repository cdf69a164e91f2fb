"""Numbers from executed cells, written as Russian writes them."""

import math

import pytest

from kafedra.materials.values import filled, number


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.25, ".2f", "0,25"), (0.975, ".1%", "97,5\u00a0%"), (1e-5, ".0e", "10⁻⁵"), (2.5e-7, ".1e", "2,5·10⁻⁷"),
        (10000, "d", "10\u202f000"), (9999, "d", "9999"), (-3.5, ".1f", "−3,5"),
        (1234567.8, ",.1f", "1\u202f234\u202f567,8"), (3.0, "", "3"), (0.3333333, "", "0,333"),
        (math.nan, ".2f", "NaN"), (-math.inf, "", "−∞"), (6e1, ".0e", "6·10¹"),
        (-0.0003, ".3f", "0,000"), (-0.0006, ".3f", "−0,001"),
    ],
)  # fmt: skip
def test_a_number_in_words(value: float, form: str, text: str) -> None:
    assert number(value, form) == text


@pytest.mark.parametrize(
    ("value", "form", "latex"),
    [
        (0.25, ".2f", "0{,}25"),
        (1e-5, ".0e", "10^{-5}"),
        (2.5e-7, ".1e", r"2{,}5\cdot10^{-7}"),
        (-0.5, ".0%", r"-50\,\%"),
    ],
)
def test_a_number_in_a_formula(value: float, form: str, latex: str) -> None:
    assert number(value, form, in_formula=True) == latex


def test_a_text_is_filled_by_where_the_number_stands() -> None:
    text = "Лучший шаг {{ h:.0e }}, то есть $h = {{h:.0e}}$, и $$x = {{ x }}$$ — {{ x:.1f }}"
    assert filled(text, {"h": 1e-5, "x": 2}) == "Лучший шаг 10⁻⁵, то есть $h = 10^{-5}$, и $$x = 2$$ — 2,0"


def test_what_is_not_known_yet_is_an_ellipsis() -> None:
    assert filled("{{ h }} и $h = {{ h }}$", None) == r"… и $h = \ldots$"


@pytest.mark.parametrize("form", ["z", ".999f", "{x}", "10", "__class__", "n"])
def test_formats_are_few(form: str) -> None:
    with pytest.raises(ValueError, match="no such format"):
        number(1.0, form)
