"""Formulas as people write them, in the words that the converter knows.

Notebooks are read by MathJax, which takes more of LaTeX than math-core does: numbers equations only where told to,
breaks a displayed line at a bare ``\\\\``, leaves room after a line where told to, and sets formulas inside text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_ENVIRONMENTS: Final = {
    "align": "align*", "equation": "equation*", "gather": "gather*", "multline": "gather*", "multline*": "gather*",
    "split": "aligned", "smallmatrix": "matrix", "alignat": "align*", "alignat*": "align*", "alignedat": "aligned",
}  # fmt: skip
_COUNTED: Final = {"alignat", "alignat*", "alignedat"}  # these are told how many columns they have
_RENAMED: Final = {"pmb": "boldsymbol", "mbox": "text", "hbox": "text", "textcolor": "color"}
_IGNORED: Final = {"smash", "mathclap", "mathllap", "mathrlap", "llap", "rlap", "clap", "ensuremath"}
_DEFINERS: Final = re.compile(r"\\(?:[gex]?def|let|(?:re|provide)?newcommand|renewcommand|providecommand)(?![a-zA-Z])")
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{(\w+\*?)\}")
_COUNT: Final = re.compile(r"\s*\{\d+\}")
_COMMAND: Final = re.compile(r"\\([a-zA-Z]+)")
_LABEL: Final = re.compile(r"\\label\s*\{[^{}]*\}")
_TAG: Final = re.compile(r"\\tag\*?\s*\{[^{}]*\}")
_ROOM: Final = re.compile(
    r"(?<!\\)\\\\\*?\s*\[\s*-?[\d.]+\s*(?:e[mx]|mu|pt|pc|bp|[cm]m|in)\s*\]"
)  # after a line: \\[2ex]
_HEX: Final = re.compile(r"\\(?:text)?color\s*\{#\w+\}")
_TEXTS: Final = re.compile(r"\\(text|textrm|textbf|textit|textnormal)\s*(?=\{)")
_STACK: Final = re.compile(r"\\substack\s*(?=\{)")


class FormulaError(ValueError):
    """What stands between the dollars is not a formula that can be read; the message says why."""


def as_converted(source: str, *, display: bool) -> str:
    """``source`` for math-core. Raises :class:`FormulaError` if it defines commands, which a page has no use for."""
    if found := _DEFINERS.search(source):
        raise FormulaError(f"{found[0]} can't be used: a formula defines no commands")
    text = _ROOM.sub(r"\\\\", _HEX.sub("", _LABEL.sub("", source)))
    text = _COMMAND.sub(_command, _grouped(_grouped(text, _TEXTS, _text), _STACK, _stack))
    text = _environments(text).strip()
    if not display:
        return _TAG.sub("", text)
    if r"\tag" in text and not re.search(r"\\begin\{(?:align|equation|gather)\*\}", text):
        return rf"\begin{{equation*}}{text}\end{{equation*}}"
    if r"\\" in text and r"\begin" not in text:
        return rf"\begin{{gathered}}{text}\end{{gathered}}"
    return text


def _command(found: re.Match[str]) -> str:
    name = found[1]
    return "" if name in _IGNORED else f"\\{_RENAMED.get(name, name)}"


def _environments(text: str) -> str:
    parts, end = list[str](), 0
    for found in _ENVIRONMENT.finditer(text):
        parts += [text[end : found.start()], f"\\{found[1]}{{{_ENVIRONMENTS.get(found[2], found[2])}}}"]
        end = found.end()
        if found[1] == "begin" and found[2] in _COUNTED and (count := _COUNT.match(text, end)):
            end = count.end()
    return "".join([*parts, text[end:]])


def _grouped(text: str, command: re.Pattern[str], rewrite: Callable[[re.Match[str], str], str]) -> str:
    """``text`` with each ``\\command{…}`` rewritten; braces inside may nest."""
    parts, end = list[str](), 0
    while found := command.search(text, end):
        close = _closing(text, found.end())
        if close is None:
            break
        parts += [text[end : found.start()], rewrite(found, text[found.end() + 1 : close])]
        end = close + 1
    return "".join([*parts, text[end:]])


def _closing(text: str, opening: int) -> int | None:
    depth, place = 0, opening
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] == "{":
            depth += 1
        elif text[place] == "}":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    return None


def _text(found: re.Match[str], body: str) -> str:
    """Formulas inside a text stand between two texts."""
    parts = re.split(r"(?<!\\)\$", body)
    if len(parts) % 2 == 0:
        return f"{found[0]}{{{body}}}"
    texts = [part if number % 2 else rf"\{found[1]}{{{part}}}" for number, part in enumerate(parts) if part]
    return "{" + "".join(texts) + "}" if len(parts) > 1 else f"{found[0]}{{{body}}}"


def _stack(_found: re.Match[str], body: str) -> str:
    return rf"{{\begin{{subarray}}{{c}}{body}\end{{subarray}}}}"
