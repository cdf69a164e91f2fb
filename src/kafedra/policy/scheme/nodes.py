"""A formula as a tree. Every node knows where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kafedra.policy.scheme.trouble import Place


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; `percent` if a `%` follows it."""

    at: Place
    value: Fraction
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A part, a mark, an assignment, or a list of assignments."""

    at: Place
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the grammar and what it is given."""

    at: Place
    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """`[a, b, c]`: a category."""

    at: Place
    elements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """The opposite number."""

    at: Place
    inner: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two numbers and what is done with them; `at` is where the sign stands."""

    at: Place
    sign: Literal["+", "-", "*", "/"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare:
    """What has to be reached."""

    at: Place
    sign: Literal[">=", ">"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Several conditions: all of them, or any."""

    at: Place
    word: Literal["and", "or"]
    conditions: tuple[Node, ...]


Node = Number | Name | Call | Listing | Minus | Binary | Compare | Logic


def children(node: Node) -> tuple[Node, ...]:
    """What a node is made of, from left to right."""
    match node:
        case Call():
            return node.arguments
        case Listing():
            return node.elements
        case Minus():
            return (node.inner,)
        case Binary() | Compare():
            return (node.left, node.right)
        case Logic():
            return node.conditions
    return ()


def names_in(node: Node) -> Iterator[Name]:
    """Every name in it, from left to right."""
    if isinstance(node, Name):
        yield node
    for child in children(node):
        yield from names_in(child)


def is_plain_sum(node: Node) -> bool:
    """Whether it is a sum of names, and of lists by `sum`; perhaps as a whole so many times."""
    match node:
        case Binary(sign="*", left=Number(), right=inner) | Binary(sign="*" | "/", left=inner, right=Number()):
            return is_plain_sum(inner)
    return _only_sums(node)


def _only_sums(node: Node) -> bool:
    match node:
        case Name():
            return True
        case Binary(sign="+"):
            return _only_sums(node.left) and _only_sums(node.right)
        case Listing() | Call(function="sum"):
            return all(_only_sums(one) for one in children(node))
    return False
