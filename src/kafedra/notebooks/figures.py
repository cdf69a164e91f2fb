"""Figures of a statement that something gave: a measurement, a computation, a threshold of the tests. What holds them.

A figure is a number that may turn out otherwise: with a decimal comma, a per cent, a time, a deviation, «в три раза».
The author writes behind it, in a comment that no reader sees, what has to hold once all cells have run with the
answers:

    # Хе — от 85 до 98 %. <!-- = 0.85 <= min(shares["Хе"]) <= max(shares["Хе"]) <= 0.98 -->

A Python expression over the names of the notebook, constants of the tests (``test_network.ACCURACY``) and of
pictures.py, ``limits`` of assignment.toml, ``mean`` and ``math``. It holds the figures before it, back to the previous
such mark or the beginning of the paragraph, and each has to stand in it: 98 % as 98 or 0.98. ``given(0.1)`` is true:
the author chose 0,1, and nothing could give another number. Points in a table are not figures: the tests have them.
The author's own answers to questions are held like the statement: reviewers go by them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kafedra.notebooks.percent import Cell

MARK: Final = re.compile(r"\s*<!--\s*=(.*?)-->", re.DOTALL)

_NUMBER: Final = r"\d+(?:(?:\\,|[\u202f\u00a0 ])\d{3}(?!\d))*(?:(?:[.,]|\{,\})\d+)?"
_UNIT: Final = r"(?:[\s\u00a0]*\\?%|\s(?:процент|пункт|секунд|минут|мс\b|percent|points?\b|seconds?\b|minutes?\b|ms\b))"
_ABOUT: Final = (
    r"\\approx|≈|±|[Оо]коло|[Пп]римерно|[Пп]очти|[Нн]е (?:больше|меньше)(?: чем)?(?: на| в)?|[Aa]bout|[Nn]early"
)
_TIMES: Final = {
    "вдвое": 2,
    "втрое": 3,
    "вчетверо": 4,
    "впятеро": 5,
    "вшестеро": 6,
    "вдесятеро": 10,
    "в полтора раза": 1.5,
}
_COUNTS: Final = {
    word: number
    for number, words in {
        1: "одну одной",
        2: "два две двух",
        3: "три трёх",
        4: "четыре четырёх",
        5: "пять пяти",
        6: "шесть шести",
        7: "семь семи",
        8: "восемь восьми",
        9: "девять девяти",
        10: "десять десяти",
        15: "пятнадцать пятнадцати",
        20: "двадцать двадцати",
        30: "тридцать тридцати",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        100: "сто ста",
        1000: "тысячу тысячи",
    }.items()
    for word in words.split()
}
_MANY: Final = rf"(?:{'|'.join(_COUNTS)})(?: с половиной)?"
_COUNT: Final = rf"(?P<count>{'|'.join(_COUNTS)})\b(?P<half> с половиной)?"
_FIGURE: Final = re.compile(
    rf"(?P<list>{_NUMBER}(?:(?:–|, | (?:и|до|to|and) ){_NUMBER})*){_UNIT}"
    rf"|(?:{_ABOUT})\s*[−-]?(?P<about>{_NUMBER}(?:\^\{{-?\d+\}})?)"
    rf"|(?P<plus>{_NUMBER})\s*±"
    rf"|(?<![\d.])(?P<decimal>\d+(?:[.,]|\{{,\}})\d+)(?!\.?\d)|(?<!\w)в (?P<times>{_NUMBER}) раза?\b"
    rf"|\b(?P<word>{'|'.join(_TIMES)})\b"
    rf"|(?<!\w)(?:(?:в|до) (?={_MANY} раза?\b)|(?={_MANY}\s(?:процент|пункт|секунд|минут))){_COUNT}"
)
_NOT_PROSE: Final = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|https?://\S+", re.DOTALL)
_POINTS: Final = re.compile(r"^\|[^\n]*\b(?:баллы|points) *\|\n(?:\|[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK: Final = re.compile(r"\n\s*\n|\n(?=[*-] |\d+\. |\|)")


@dataclass(frozen=True)
class Claim:
    """What has to hold of the executed notebook, and what is said on ``line`` of notebook.py because of it."""

    line: int
    text: str
    expression: str


def claims(cells: Sequence[Cell]) -> tuple[Claim, ...]:
    """Every mark of the statement."""
    return tuple(claim for claim in _pieces(cells) if claim.expression)


def figure_problems(cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    """Figures that nothing holds, and marks that hold other ones, with their lines."""
    for claim in _pieces(cells):
        try:
            held = {*_constants(claim.expression)}
        except SyntaxError:
            yield claim.line, f"<!-- = {claim.expression} --> is no expression of Python"
            continue
        for shown, value in figures(claim.text):
            if any(_same(one, value) for one in held):
                continue
            if claim.expression:
                yield claim.line, f"«{shown}» does not stand in its mark, {claim.expression}"
            else:
                yield claim.line, f"nothing holds «{shown}»: say what does, <!-- = 0.9 <= mean(shares) -->"


def figures(text: str) -> Iterator[tuple[str, float]]:
    """The figures of a piece of prose: how each is written and what it is."""
    prose = _NOT_PROSE.sub(lambda found: " " * len(found[0]), text)
    for found in _FIGURE.finditer(prose):
        shown = " ".join(found[0].split())
        if word := found["word"]:
            yield shown, _TIMES[word]
            continue
        if count := found["count"]:
            yield shown, _COUNTS[count] + (0.5 if found["half"] else 0)
            continue
        numbers = next(filter(None, (found[name] for name in ("list", "about", "plus", "decimal", "times"))), "")
        for number in re.findall(rf"{_NUMBER}(?:\^\{{-?\d+\}})?", numbers):
            yield shown, _value(number)


def _value(number: str) -> float:
    base, _, power = number.partition("^")
    value = float(re.sub(r"\\,|[\u202f\u00a0 ]", "", base).replace("{,}", ".").replace(",", "."))
    return float(value ** int(power.strip("{}"))) if power else value


def _same(held: float, value: float) -> bool:
    return any(abs(held - one) <= 1e-9 * abs(one) for one in (value, value / 100, -value))


def _constants(expression: str) -> Iterator[float]:
    for node in ast.walk(ast.parse(expression, mode="eval")) if expression else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            yield float(node.value)


def _pieces(cells: Sequence[Cell]) -> Iterator[Claim]:
    """The text before each mark with its expression; what no mark follows has an empty one."""
    for cell in cells:
        if cell.kind != "markdown":
            continue
        source = _POINTS.sub(lambda found: " " * len(found[0]), cell.source)
        source = MARK.sub(lambda found: found[0].replace("\n", " "), source)
        edges = [0, *(found.start() for found in _BLOCK.finditer(source)), len(source)]
        for left, right in pairwise(edges):
            place = left
            for mark in [*MARK.finditer(source, left, right), None]:
                text = source[place : mark.start() if mark else right]
                line = cell.line + cell.source.count("\n", 0, place + len(text) - len(text.lstrip()))
                if text.strip() or mark:
                    yield Claim(line, " ".join(text.split()), " ".join(mark[1].split()) if mark else "")
                place = mark.end() if mark else right
