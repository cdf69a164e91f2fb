"""Numbers of a chapter that the seminar computes: ``{{ name }}`` and ``{{ name:.1% }}`` in the text.

What follows the colon is Python's format; the number is written as Russian does it: 0,25; 97,5 %; 1·10⁻⁵; 10 000.
Inside a formula it is written for LaTeX.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kafedra.course.topics import TopicMaterials

PLACE: Final = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*(?::([^{}]*?))?\s*\}\}")
_FORMAT: Final = re.compile(r"[-+]?,?(?:\.\d{1,2})?[defgs%]?")
_FORMULA: Final = re.compile(r"(?<!\\)(\$\$?)(.+?)(?<!\\)\1", re.DOTALL)
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNKNOWN: Final = "…"


def wanted_values(topic: TopicMaterials) -> tuple[str, ...]:
    """The names of everything that is read from the executed notebook: figures, and what the chapter mentions."""
    names = [figure.name for figure in topic.figures]
    if topic.lecture.is_file():
        names += [found[1] for found in PLACE.finditer(topic.lecture.read_text("utf-8"))]
    return tuple(dict.fromkeys(names))


def filled(text: str, values: Mapping[str, float] | None) -> str:
    """The text with its numbers; while they are not known, with an ellipsis for each."""

    def place(*, in_formula: bool) -> Callable[[re.Match[str]], str]:
        def written(found: re.Match[str]) -> str:
            if values is None or found[1] not in values:
                return r"\ldots" if in_formula else _UNKNOWN
            return number(values[found[1]], found[2] or "", in_formula=in_formula)

        return written

    def formula(found: re.Match[str]) -> str:
        return PLACE.sub(place(in_formula=True), found[0])

    return PLACE.sub(place(in_formula=False), _FORMULA.sub(formula, text))


def number(value: float, form: str = "", *, in_formula: bool = False) -> str:
    """A number in Russian. Raises ValueError for a format that Python doesn't know."""
    if not _FORMAT.fullmatch(form):
        raise ValueError(f"no such format: {form!r}")
    if not math.isfinite(value):
        return "∞" if value == math.inf else "−∞" if value == -math.inf else "NaN"
    if form.endswith("d"):
        value = round(value)
    text = format(value, form) if form else _plain(value)
    mantissa, scientific, power = text.partition("e")
    percent = "%" if mantissa.endswith("%") else ""
    whole, _, rest = mantissa.rstrip("%").partition(".")
    minus = "−" if whole.startswith("-") and re.search("[1-9]", mantissa) else ""  # a rounded −0.0003 is plain 0,000
    digits = whole.removeprefix("-").replace(",", "")
    if len(digits) > 4:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u202f", digits)
    exponent = int(power) if scientific else 0
    return (
        _formula(minus, digits, rest, exponent, percent)
        if in_formula
        else _words(minus, digits, rest, exponent, percent)
    )


def unknown_formats(text: str) -> Iterator[tuple[int, str]]:
    """Lines and formats that `number` would refuse."""
    for found in PLACE.finditer(text):
        if not _FORMAT.fullmatch(found[2] or ""):
            yield text.count("\n", 0, found.start()) + 1, found[2]


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else format(value, ".3g")


def _words(minus: str, digits: str, rest: str, exponent: int, percent: str) -> str:
    mantissa = minus + digits + (f",{rest}" if rest else "")
    power = f"10{str(exponent).translate(_SUPERSCRIPTS)}" if exponent else ""
    if power:
        return f"{minus}{power}" if mantissa in ("1", "−1") else f"{mantissa}·{power}"
    return f"{mantissa}\u00a0%" if percent else mantissa


def _formula(minus: str, digits: str, rest: str, exponent: int, percent: str) -> str:
    sign, digits = "-" if minus else "", digits.replace("\u202f", r"\,")
    mantissa = digits + (f"{{,}}{rest}" if rest else "")
    power = f"10^{{{exponent}}}" if exponent else ""
    if power:
        return f"{sign}{power}" if mantissa == "1" else rf"{sign}{mantissa}\cdot{power}"
    return rf"{sign}{mantissa}\,\%" if percent else f"{sign}{mantissa}"
