"""A formula written out again: in names, and in one student's numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kafedra.policy.exact import Exact
from kafedra.policy.scheme.checking import Checker
from kafedra.policy.scheme.evaluating import Values, compiled
from kafedra.policy.scheme.functions import COUNTING
from kafedra.policy.scheme.nodes import Binary, Call, Compare, Listing, Logic, Minus, Name, Node, Number

SIGNS = {"+": " + ", "-": " − ", "*": " · ", "/": "/"}
LEVELS = {"or": 0, "and": 1, ">=": 2, ">": 2, "+": 3, "-": 3, "*": 4, "/": 4}
SINGLE = 9


@dataclass(frozen=True)
class Wording:
    """How things are said to a reader: numbers, names, and functions, which get what stands in their brackets.

    `function(name, arguments)` says `best(5, homework)` from its shown arguments; `separator` stands between them.
    """

    number: Callable[[Exact], str]
    name: Callable[[str], str]
    function: Callable[[str, tuple[str, ...]], str]
    word: Mapping[str, str]  # of "and" and "or"
    separator: str = ", "


def in_names(node: Node, checker: Checker, wording: Wording) -> str:
    """`0.7 · O_hw + 0.3 · exam`; what is the same for everybody, such as `most(homework)`, is a number already."""
    return _Shown(checker, wording, None).text(node, 0)


def in_numbers(node: Node, checker: Checker, wording: Wording, values: Values) -> str:
    """`0.7 · 5.5 + 0.3 · 8`; a sum of a list is written out, what isn't known keeps its name."""
    return _Shown(checker, wording, values).text(node, 0)


class _Shown:
    def __init__(self, checker: Checker, wording: Wording, values: Values | None) -> None:
        self.checker, self.wording, self.values = checker, wording, values

    def text(self, node: Node, least: int) -> str:
        """In brackets if it binds less tightly than `least`."""
        text, level = self._shown(node)
        return f"({text})" if level < least else text

    def _shown(self, node: Node) -> tuple[str, int]:
        match node:
            case Number():
                return self.wording.number(node.value) + ("\u202f%" if node.percent else ""), SINGLE
            case Name():
                return self._name(node), SINGLE
            case Listing():
                return self.wording.separator.join(self.text(one, 0) for one in node.elements), 0
            case Minus():
                return f"−{self.text(node.inner, LEVELS['*'])}", LEVELS["+"]
            case Binary():
                return self._binary(node)
            case Compare():
                sign = "≥" if node.sign == ">=" else ">"
                return f"{self.text(node.left, 3)} {sign} {self.text(node.right, 3)}", LEVELS[node.sign]
            case Logic():
                word, level = f" {self.wording.word[node.word]} ", LEVELS[node.word]
                return word.join(self.text(one, level + 1) for one in node.conditions), level
            case Call():
                return self._call(node)

    def _binary(self, node: Binary) -> tuple[str, int]:
        if node.sign == "+" and self._is_empty_sum(node.right):
            return self._shown(node.left)
        if node.sign == "+" and self._is_empty_sum(node.left):
            return self._shown(node.right)
        level = LEVELS[node.sign]
        left, right = self.text(node.left, level), self.text(node.right, level + (node.sign in "-/"))
        return f"{left}{SIGNS[node.sign]}{right}", level

    def _is_empty_sum(self, node: Node) -> bool:
        """Of a list of which there is nothing yet: who has no bonus needn't read `+ 0`."""
        return self.values is not None and isinstance(node, Call) and node.function == "sum" and not self._terms(node)

    def _name(self, node: Name) -> str:
        value = self.values[node.name] if self.values is not None else None
        if value is None:
            return self.wording.name(node.name)
        if isinstance(value, tuple):
            return self.wording.separator.join(self.wording.number(one) for one in value)
        unit = getattr(self.checker.known.get(node.name), "unit", "")
        return self.wording.number(value) + ("\u202f%" if unit == "percent" else "")

    def _call(self, node: Call) -> tuple[str, int]:
        if node.function == "most":
            return self.wording.number(self.checker.number(node).low), SINGLE
        if self.values is not None and node.function == "sum":
            return self._sum(node)
        if self.values is not None and (node.function in COUNTING or self._is_list(node)):
            value = compiled(node, self.checker)(self.values)
            if isinstance(value, tuple):
                return self.wording.separator.join(map(self.wording.number, value)), 0
        return self.wording.function(node.function, tuple(self.text(one, 0) for one in node.arguments)), SINGLE

    def _is_list(self, node: Node) -> bool:
        return isinstance(self.checker.meaning(node), tuple)

    def _sum(self, node: Call) -> tuple[str, int]:
        terms = self._terms(node)
        return " + ".join(terms) or self.wording.number(Fraction(0)), LEVELS["+"] if len(terms) > 1 else SINGLE

    def _terms(self, node: Call) -> list[str]:
        """What is added up: of lists whatever is not 0."""
        assert self.values is not None, "asked for numbers only"
        terms: list[str] = []
        for one in node.arguments:
            value = compiled(one, self.checker)(self.values)
            if isinstance(value, tuple):
                terms += [self.wording.number(each) for each in value if each]
            else:
                terms.append(self.text(one, LEVELS["+"]))
        return terms
