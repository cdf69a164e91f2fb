"""A formula as typst draws it, from the same elements that a page shows: what the page has is what is printed.

Each element has one rule, and what has none is refused. Every character is written as an escape or in a string, so that
nothing in a formula can be read as a command of typst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kafedra.notebooks.formulas import formula_tree
from kafedra.notebooks.tex import FormulaError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_INVISIBLE: Final = frozenset("\u2061\u2062\u2063\u2064\ufe00\ufe01")
_PRIMES: Final = {"′": 1, "″": 2, "‴": 3, "⁗": 4}
_ACCENTS: Final = {
    "¯": "\u0304", "‾": "\u0304", "\u0304": "\u0304", "\u0305": "\u0304", "ˆ": "\u0302", "^": "\u0302",
    "\u0302": "\u0302", "˜": "\u0303", "~": "\u0303", "\u0303": "\u0303", "˙": "\u0307", "\u0307": "\u0307",
    "¨": "\u0308", "\u0308": "\u0308", "→": "\u20d7", "←": "\u20d6", "ˇ": "\u030c", "˘": "\u0306", "´": "\u0301",
    "`": "\u0300",
}  # fmt: skip
_BRACES: Final = {"⏟": "underbrace", "⏞": "overbrace", "⎵": "underbracket", "⎴": "overbracket"}
_OPENING: Final = frozenset("([{⟨⌊⌈")
_CLOSING: Final = frozenset(")]}⟩⌋⌉")
_FENCES: Final = _OPENING | _CLOSING | frozenset("|‖∣∥")
_SUMS: Final = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀")
_CLASSES: Final = {"m-over": "overline", "m-under": "underline", "m-up": "cancel", "m-box": "box.with(stroke: 0.5pt)"}
_SILENT: Final = frozenset(
    {"m-no-right", "m-no-left", "m-flat", "m-gap", "m-wide", "m-half", "m-back", "m-left", "m-right"}
)


def typst_formula(source: str, *, display: bool = False) -> str:
    """`source` (LaTeX) as an equation of typst, with its dollars.

    Raises FormulaError for what can't be read, and for what a sheet of paper can't show.
    """
    body = _all(formula_tree(source, display=display))
    return f"$ {body} $" if display else f"${body}$"


def letters_of(source: str) -> str:
    """The characters of a formula that a reader sees, in the order of the page; what a print has to have, too."""
    seen = "".join(formula_tree(source).itertext())
    return "".join(letter for letter in seen if letter not in _INVISIBLE and not letter.isspace())


def _all(element: Element) -> str:
    """The children in a row. A pair of brackets that grow with what is between them stays a pair."""
    children = list(element)
    if not children and (element.text or "").strip():
        raise FormulaError(f"text in <{element.tag}> can't be printed")
    grows = len(children) > 1 and all(_grows(one) for one in (children[0], children[-1]))
    body = "".join(filter(None, (_one(child, after) for child, after in _pairs(children))))
    return f"lr({body})" if grows else body


def _pairs(children: Sequence[Element]) -> Iterator[tuple[Element, Element | None]]:
    return zip(children, [*children[1:], None], strict=False)


def _grows(element: Element) -> bool:
    text = (element.text or "").strip()
    return element.tag == "mo" and text in _FENCES and element.get("stretchy") != "false" and not element.get("minsize")


def _one(element: Element, after: Element | None = None) -> str:
    rule = _RULES.get(element.tag)
    if rule is None:
        raise FormulaError(f"<{element.tag}> can't be printed")
    drawn = _name(element, after) if element.tag == "mi" else rule(element)
    for name in element.get("class", "").split():
        if name not in _CLASSES and name not in _SILENT:
            raise FormulaError(f"{name.removeprefix('m-')} can't be printed: a sheet is black on white, without lines")
        drawn = f"{_CLASSES[name]}({drawn})" if name in _CLASSES and name != "m-box" else drawn
        drawn = f"#box(stroke: 0.5pt, inset: 3pt)[${drawn}$]" if name == "m-box" else drawn
    return drawn


def _escaped(text: str) -> str:
    return "".join(f"\\u{{{ord(letter):x}}}" for letter in text)


def quoted(text: str) -> str:
    """A string of typst with exactly these characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", " ") + '"'


def _name(element: Element, after: Element | None) -> str:
    text = element.text or ""
    if len(text) == 1:
        return f"upright({_escaped(text)})" if element.get("mathvariant") == "normal" else _escaped(text)
    applied = after is not None and after.tag == "mo" and after.text == "\u2061"
    return f"op({quoted(text)})" if applied else quoted(text)


def _operator(element: Element) -> str:
    text = "".join(letter for letter in (element.text or "") if letter not in _INVISIBLE)
    if not text:
        return ""
    drawn = quoted(text) if len(text) > 1 else _escaped(text)
    if element.get("minsize"):
        drawn = f"stretch({drawn}, size: #{_em(element.get('minsize', '1em'))})"
    if text in _OPENING and element.get("form") != "postfix":
        return f'class("opening", {drawn})' if element.get("minsize") else drawn
    if element.get("lspace") == "0" == element.get("rspace") and text not in "+−±∓" and text not in _SUMS:
        return f'class("normal", {drawn})'
    if element.get("rspace") == "0" and text in ",;":
        return f'class("normal", {drawn})'  # the decimal comma
    return drawn


def _em(length: str) -> str:
    if length.endswith("%"):
        return length
    if length == "0":
        return "0em"
    if not length.endswith("em"):
        raise FormulaError(f"a length of {length} can't be printed, only em")
    return length


def _space(element: Element) -> str:
    return f"#h({_em(element.get('width', '0'))})" if element.get("width") else ""


def _styled(element: Element) -> str:
    body = _all(element)
    if element.get("displaystyle"):
        return f"{'display' if element.get('displaystyle') == 'true' else 'inline'}({body})"
    if element.get("scriptlevel", "0") not in ("0", "+0"):
        return f"script({body})"
    return body


def _children(element: Element, count: int) -> list[Element]:
    if len(element) != count:
        raise FormulaError(f"<{element.tag}> has {len(element)} parts where {count} belong")
    return list(element)


def _argument(element: Element) -> str:
    """One argument of a function; nothing at all is an empty string."""
    return _one(element) or '""'


def _fraction(element: Element) -> str:
    over, under = map(_argument, _children(element, 2))
    if element.get("linethickness", "").startswith("0"):
        return f"mat(delim: #none, {over}; {under})"
    return f"frac({over}, {under})"


def _scripts(element: Element) -> str:
    """Indices and powers, a prime among them."""
    base, *scripts = list(element)
    names = {"msub": ("b",), "msup": ("t",), "msubsup": ("b", "t")}[element.tag]
    _children(element, 1 + len(names))
    parts = [_script(name, one) for name, one in zip(names, scripts, strict=True)]
    return f"attach({_argument(base)}, {', '.join(parts)})"


def _script(name: str, element: Element) -> str:
    inner = element[0] if element.tag == "mrow" and len(element) == 1 else element
    text = (inner.text or "").strip()
    if name == "t" and inner.tag == "mo" and text and set(text) <= set(_PRIMES):
        return f"tr: primes(#{sum(_PRIMES[one] for one in text)})"
    return f"{name}: {_argument(element)}"


def _limits(element: Element) -> str:
    base, *marks = _children(element, 3 if element.tag == "munderover" else 2)
    mark = marks[0]
    if len(marks) == 1 and mark.tag == "mo" and (mark.text or "") in _BRACES:
        return f"{_BRACES[mark.text or '']}({_argument(base)})"
    if element.tag == "mover" and mark.tag == "mo" and (element.get("accent") or (mark.text or "") in _ACCENTS):
        return _accented(base, mark)
    name = (base.text or "") if base.tag in ("mi", "mo") else ""
    under = _argument(base)
    if base.tag == "mi" and len(name) > 1:
        under = f"op({quoted(name)}, limits: #true)"
    elif name not in _SUMS:
        under = f"limits({under})"
    names = {"munder": ("b",), "mover": ("t",), "munderover": ("b", "t")}[element.tag]
    drawn = [f"{place}: {_argument(one)}" for place, one in zip(names, marks, strict=True)]
    return f"attach({under}, {', '.join(drawn)})"


def _accented(base: Element, mark: Element) -> str:
    accent = _ACCENTS.get(mark.text or "")
    if accent is None:
        raise FormulaError(f"the accent {mark.text!r} can't be printed")
    return f"accent({_argument(base)}, {_escaped(accent)})"


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return f"sqrt({_all(element)})"
    base, index = map(_argument, _children(element, 2))
    return f"root({index}, {base})"


def _table(element: Element) -> str:
    """A matrix, or lines one below another; cells that lean right or left have their alignment point there."""
    rows = []
    for row in element:
        if row.tag != "mtr":
            raise FormulaError(f"<{row.tag}> in a table can't be printed")
        rows.append(", ".join(_cell(cell) for cell in row))
    return f"mat(delim: #none, {'; '.join(rows)})"


def _cell(element: Element) -> str:
    body, leans = f"inline({_all(element) or quoted('')})", element.get("class", "").split()
    if "m-right" in leans:
        return f"{body} &"
    return f"& {body}" if "m-left" in leans else body


_RULES: Final[Mapping[str, Callable[[Element], str]]] = {
    "math": _all, "mrow": _all, "mpadded": _all, "mstyle": _styled, "mo": _operator, "mspace": _space,
    "mi": lambda element: _name(element, None), "mn": lambda element: quoted(element.text or ""),
    "mtext": lambda element: quoted(element.text or ""), "mphantom": lambda element: f"hide({_all(element)})",
    "mfrac": _fraction, "msub": _scripts, "msup": _scripts, "msubsup": _scripts, "munder": _limits, "mover": _limits,
    "munderover": _limits, "msqrt": _root, "mroot": _root, "mtable": _table,
}  # fmt: skip
