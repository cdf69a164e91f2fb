"""From the text of a formula to its tree: a scanner and a parser by recursive descent, nothing of Python's own.

    formula   = all { "or" all }
    all       = compared { "and" compared }
    compared  = sum [ (">=" | "≥" | ">") sum ]
    sum       = product { ("+" | "-") product }
    product   = signed { ("*" | "·" | "/") signed }
    signed    = ["-"] single
    single    = number ["%"] | name | name "(" several ")" | "(" formula ")" | "[" several "]"
    several   = formula { "," formula }

A hyphen between two letters or digits belongs to the name (`weight-init`); a minus stands between spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

from kafedra.policy.scheme.nodes import Binary, Call, Compare, Listing, Logic, Minus, Name, Node, Number
from kafedra.policy.scheme.trouble import FormulaError, Place

LONGEST = 4000  # characters; the longest formula of a real course has 200
MOST_WORDS = 400
DEEPEST = 40  # brackets in brackets
LONGEST_NUMBER = 24

TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[^\W\d]\w*(?:-\w+)*)"
    r"|(?P<sign>>=|≥|>|<=|≤|<|==|=|[-+*/·×−%(),\[\]])"
)
SAME = {"≥": ">=", "·": "*", "×": "*", "−": "-"}
ONLY_REACHED = "only >= and > compare: say what has to be reached"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, a sign, or the end."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    at: Place


def read_formula(text: str) -> Node:
    """The tree of `text`. Raises FormulaError with the place of the first mistake."""
    if len(text) > LONGEST:
        raise FormulaError(f"has {len(text)} characters; {LONGEST} are the most")
    if not text.strip():
        raise FormulaError("is empty")
    tokens = list(_tokens(unicodedata.normalize("NFC", text)))
    if len(tokens) > MOST_WORDS:
        raise FormulaError(f"has {len(tokens)} numbers, names and signs; {MOST_WORDS} are the most: make parts of it")
    return _Parser(tokens).whole()


def _tokens(text: str) -> Iterator[Token]:
    position, line, began = 0, 1, 0
    while position < len(text):
        char, at = text[position], Place(line, position - began + 1)
        if char == "\n":
            line, began = line + 1, position + 1
        if char.isspace():
            position += 1
            continue
        found = TOKEN.match(text, position)
        if found is None:
            raise FormulaError(f"{_named(char)} has no meaning here", at)
        kind = cast('Literal["number", "name", "sign"]', found.lastgroup)
        yield _token(kind, found.group(), at, follows=text[found.end() : found.end() + 2])
        position = found.end()
    yield Token("end", "", Place(line, position - began + 1))


def _token(kind: Literal["number", "name", "sign"], written: str, at: Place, follows: str) -> Token:
    if kind == "number" and len(written) > LONGEST_NUMBER:
        raise FormulaError(f"the number has {len(written)} digits; {LONGEST_NUMBER} are the most", at)
    if kind == "number" and re.match(r"[^\W\d]", follows):
        raise FormulaError(f"a sign is missing after {written}: {written} * {follows[0]}…", at)
    return Token(kind, SAME.get(written, written), at)


def _named(char: str) -> str:
    return f"'{char}'" if char.isprintable() else f"the character U+{ord(char):04X}"


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.position]

    def whole(self) -> Node:
        node = self.formula()
        if self.here.kind != "end":
            raise self._unexpected("a sign such as + or * must come before it")
        return node

    def formula(self) -> Node:
        return self._logic("or", self._all)

    def _all(self) -> Node:
        return self._logic("and", self._compared)

    def _logic(self, word: Literal["and", "or"], condition: Callable[[], Node]) -> Node:
        found, at = [condition()], self.here.at
        while self.here.kind == "name" and self.here.text == word:
            self.position += 1
            found.append(condition())
        return Logic(at, word, tuple(found)) if len(found) > 1 else found[0]

    def _compared(self) -> Node:
        left = self._sum()
        if self.here.text in ("<", "<=", "≤", "=", "=="):
            raise FormulaError(ONLY_REACHED, self.here.at)
        if self.here.text not in (">=", ">"):
            return left
        sign = self._take()
        right = self._sum()
        if self.here.text in (">=", ">"):
            raise FormulaError("two comparisons in a row: join them by 'and'", self.here.at)
        return Compare(sign.at, cast('Literal[">=", ">"]', sign.text), left, right)

    def _sum(self) -> Node:
        node = self._product()
        while self.here.kind == "sign" and self.here.text in "+-":
            sign = self._take()
            node = Binary(sign.at, cast('Literal["+", "-"]', sign.text), node, self._product())
        return node

    def _product(self) -> Node:
        node = self._signed()
        while self.here.kind == "sign" and self.here.text in "*/":
            sign = self._take()
            node = Binary(sign.at, cast('Literal["*", "/"]', sign.text), node, self._signed())
        return node

    def _signed(self) -> Node:
        if self.here.text == "-":
            return Minus(self._take().at, self._single())
        return self._single()

    def _single(self) -> Node:
        token = self.here
        if token.kind == "number":
            return self._number()
        if token.kind == "name" and token.text not in ("and", "or"):
            self.position += 1
            if self.here.text == "(":
                return Call(token.at, token.text, self._several(")"))
            return Name(token.at, token.text)
        if token.text == "[":
            return Listing(token.at, self._several("]"))
        if token.text == "(":
            (inner,) = self._bracketed(")", several=False)
            return inner
        raise self._unexpected("a number, a name or a bracket must stand here")

    def _number(self) -> Number:
        token = self._take()
        percent = self.here.text == "%"
        if percent:
            self.position += 1
        return Number(token.at, Fraction(token.text), percent)

    def _several(self, closing: str) -> tuple[Node, ...]:
        return self._bracketed(closing, several=True)

    def _bracketed(self, closing: str, *, several: bool) -> tuple[Node, ...]:
        """What stands between an opening bracket, which is here, and its `closing` one."""
        opening = self._take()
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"brackets are nested more than {DEEPEST} deep", opening.at)
        found = [self.formula()]
        while several and self.here.text == ",":
            self.position += 1
            found.append(self.formula())
        if self.here.text != closing:
            self._explain_comma(found)
            raise FormulaError(f"this bracket is not closed by '{closing}'", opening.at)
        self.position += 1
        self.depth -= 1
        return tuple(found)

    def _explain_comma(self, found: list[Node]) -> None:
        if self.here.text == "," and isinstance(found[-1], Number):
            raise FormulaError("decimals are written with a point: 0.7", self.here.at)
        if self.here.kind != "end":
            raise self._unexpected("a sign such as + or * must come before it")

    def _take(self) -> Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def _unexpected(self, advice: str) -> FormulaError:
        before = self.tokens[self.position - 1] if self.position else None
        if self.here.text == "," and before is not None and before.kind == "number":
            return FormulaError("decimals are written with a point: 0.7", self.here.at)
        if self.here.kind == "end":
            return FormulaError(f"the formula ends too early: {advice.replace('here', 'at its end')}", self.here.at)
        return FormulaError(f"'{self.here.text}' can't stand here: {advice}", self.here.at)
