"""A formula in LaTeX as MathML that does nothing but show mathematics, in a time that is known beforehand.

The page's policy forbids styles in attributes, so what the converter writes as a style becomes one of a few classes,
which `kafedra.css` draws.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from kafedra.notebooks.tex import FormulaError, as_converted

if TYPE_CHECKING:
    from math_core import LatexToMathML

_MAX_LENGTH: Final = 4_000
_MAX_STEPS: Final = 1_000  # each brace and command may be a level of the converter's recursion, and takes 2 KB of stack
_MAX_MATHML: Final = 200_000
_MAX_DEPTH: Final = 200
_MAX_EXPANSIONS: Final = 100  # of the converter's own commands: \dots is one

_TAGS: Final = frozenset(
    "math mrow mstyle mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt mroot mtable mtr mtd "
    "mpadded mphantom mmultiscripts mprescripts".split()
)
_ATTRIBUTES: Final = frozenset(
    "display displaystyle scriptlevel mathvariant stretchy symmetric fence form separator lspace rspace minsize "
    "maxsize movablelimits largeop accent accentunder linethickness width height depth voffset class".split()
)
_STYLES: Final = {
    "text-align:right": "m-right", "text-align:left": "m-left",
    "padding-right:0": "m-no-right", "padding-left:0": "m-no-left", "padding-left:1em": "m-gap",
    "padding-top:0": "m-flat", "width:100%": "m-wide", "width:50%": "m-half", "margin-left:-0.16666667em": "m-back",
    "color:#FF0000": "m-red", "color:#0000FF": "m-blue", "color:#008000": "m-green", "color:#808080": "m-gray",
}  # fmt: skip
_BACK: Final = "m-back"
_LINE: Final = re.compile(r"border-(top|right|bottom|left):0\.05em (solid|dashed) currentcolor")
_STRIKES: Final = {"updiagonalstrike": "m-up", "downdiagonalstrike": "m-down"}
_SMALL: Final = re.compile(r"-?(?:\d{1,2}(?:\.\d*)?|\.\d+)(?:em|ex)|0|\d{1,3}(?:\.\d*)?%")
_LENGTHS: Final = ("width", "height", "depth", "voffset", "lspace", "rspace", "minsize", "maxsize", "linethickness")
# What moves ink out of its place, and how thick a line is: nobody's formula is drawn over what stands beside it.
_NEAR: Final = re.compile(r"-?(?:[01](?:\.\d*)?|\.\d+)(?:em|ex)|\d(?:\.\d*)?(?:pt|px)?")
_MOVING: Final = ("voffset", "linethickness")
_MOST_BACK: Final = 12  # of negative spaces in one formula
_ENTITY: Final = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\w+);)\w+;")
_LINEAR: Final = frozenset({"math", "mrow", "mstyle", "mi", "mn", "mo", "mtext", "mspace"})
_PRIMES: Final = "′″‴"
_INVISIBLE: Final = {0x2061: None, 0x2062: None, 0x2063: None, 0xFE00: None, 0xFE01: None}
_ACCENTS: Final = {"\u20d7": "\u2192", "\u20d6": "\u2190"}


@functools.lru_cache(maxsize=8192)
def mathml(source: str, *, display: bool = False) -> str:
    """Safe MathML of ``source``. Raises :class:`FormulaError`, which says what can't be read."""
    math = formula_tree(source, display=display)
    if display:
        math.set("tabindex", "0")  # a wide formula scrolls, and a keyboard has to get there
    return ET.tostring(math, encoding="unicode")


def formula_html(source: str, *, display: bool = False) -> str:
    """The same, or the formula as code if it can't be read."""
    try:
        return mathml(source, display=display)
    except FormulaError:
        return f"<code>{html.escape(source.strip())}</code>"


def plain_formula(source: str) -> str:
    """A formula in one line of plain text, as far as that can be read: σ(x), x^2; else an ellipsis."""
    try:
        text = _in_line(formula_tree(source))
    except FormulaError:
        text = None
    return "…" if text is None else text.translate(_INVISIBLE)


def formula_tree(source: str, *, display: bool = False) -> ET.Element:
    """The elements of `source`, as pages have them, for what draws formulas elsewhere. Raises :class:`FormulaError`."""
    source = source.strip()
    if not source:
        raise FormulaError("a formula without anything in it")
    if len(source) > _MAX_LENGTH or source.count("{") + source.count("\\") > _MAX_STEPS:
        raise FormulaError(f"too long: at most {_MAX_LENGTH} characters with {_MAX_STEPS} commands and braces")
    converted = _converted(as_converted(source, display=display), display)
    if len(converted) > _MAX_MATHML:
        raise FormulaError("too much comes of it")
    try:
        math = ET.fromstring(_ENTITY.sub(lambda found: html.unescape(found[0]), converted))  # noqa: S314  # our own
    except ET.ParseError:
        raise FormulaError("the converter fails with it") from None
    if _depth(math) > _MAX_DEPTH:
        raise FormulaError(f"nested too deeply, at most {_MAX_DEPTH} levels")
    for parent in list(math.iter()):
        _clean(parent)
    for back in [one for one in math.iter() if one.get("class") == _BACK][_MOST_BACK:]:
        del back.attrib["class"]
    return math


@functools.cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, max_expansions=_MAX_EXPANSIONS)


def _converted(source: str, display: bool) -> str:
    from math_core import LatexError

    try:
        return _converter().convert_with_local_state(source, displaystyle=display)
    except LatexError as error:
        reason = re.sub(r"^\d+: ", "", str(error)).rstrip(".")
        raise FormulaError(reason) from None
    except UnicodeError:
        raise FormulaError("holds characters that no text has") from None
    except BaseException as error:  # a panic of the converter is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise FormulaError("the converter fails with it") from None


def _depth(root: ET.Element) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        element, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in element]
    return deepest


def _clean(element: ET.Element) -> None:
    """Only known elements, with known attributes and our own classes."""
    classes = _classes(element)
    if element.tag == "menclose":
        element[:] = [child for child in element if not child.get("class", "").startswith("menclose")]
    if element.tag not in _TAGS:
        element.tag = "mrow" if len(element) or element.tag == "menclose" else "mtext"
    if element.tag == "mtext":
        _only_text(element)
    _lines_and_arrows(element, classes)
    for name in set(element.attrib) - _ATTRIBUTES - {"xmlns"}:
        del element.attrib[name]
    for name in _LENGTHS:
        fits = _NEAR if name in _MOVING else _SMALL
        if name in element.attrib and not fits.fullmatch(element.attrib[name]):
            del element.attrib[name]
    element.attrib.pop("class", None)
    if classes:
        element.set("class", " ".join(dict.fromkeys(classes)))


def _only_text(element: ET.Element) -> None:
    element.text = "".join(element.itertext())
    element[:] = []


def _classes(element: ET.Element) -> list[str]:
    declared = [one.strip().replace(": ", ":") for one in element.get("style", "").split(";")]
    classes = [_STYLES[one] for one in declared if one in _STYLES]
    for line in filter(None, map(_LINE.fullmatch, declared)):
        classes += [f"m-line-{line[1]}", *(["m-dashed"] if line[2] == "dashed" else [])]
    if element.tag == "menclose":
        notation = element.get("notation", "").split()
        classes += ["m-box"] if "box" in notation else [_STRIKES[one] for one in notation if one in _STRIKES]
    return classes


def _lines_and_arrows(element: ET.Element, classes: list[str]) -> None:
    """What browsers and fonts do badly, said otherwise.

    A line over or under an expression is drawn as a border, an arrow is one that fonts have, and a bracket of a size
    of its own that carries a power stands alone, or Chromium lowers it.
    """
    if element.tag in ("msup", "msub", "msubsup") and len(element) and element[0].get("minsize"):
        alone = ET.Element("mrow")
        alone.append(element[0])
        element[0] = alone
    if element.tag not in ("mover", "munder") or len(element) != 2 or element[1].tag != "mo":
        return
    base, mark = element
    if mark.text in ("\u0332", "\u0305") and mark.get("stretchy") == "true":
        classes.append("m-over" if element.tag == "mover" else "m-under")
        element.tag, element[:] = "mrow", [base]
        element.attrib.clear()
    elif mark.text in _ACCENTS:
        mark.text = _ACCENTS[mark.text]
        mark.set("stretchy", "false")


def _in_line(element: ET.Element) -> str | None:
    """The text of MathML that is one line but for primes, powers and indices of one sign; None for anything else."""
    parts = [_in_line(child) for child in element]
    if any(part is None for part in parts):
        return None
    texts = [part for part in parts if part is not None]
    if element.tag in _LINEAR:
        return (element.text or "") + "".join(texts)
    mark = {"msup": "^", "msub": "_"}.get(element.tag)
    if mark is None or len(texts) != 2 or len(texts[1]) != 1:
        return None
    return f"{texts[0]}{'' if texts[1] in _PRIMES else mark}{texts[1]}"
