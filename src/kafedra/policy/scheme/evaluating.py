"""From the tree of a checked formula to a function of values. What is not known yet makes unknown what needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from kafedra.policy.exact import Exact
from kafedra.policy.scheme.checking import Checker
from kafedra.policy.scheme.extents import HUNDRED, Extent
from kafedra.policy.scheme.functions import COUNTING, REDUCERS, REDUCING, kept, rounded
from kafedra.policy.scheme.nodes import Binary, Call, Compare, Listing, Logic, Minus, Name, Node, Number

Value = Fraction | tuple[Exact, ...] | bool | None
Values = Mapping[str, "Exact | tuple[Exact, ...] | None"]
Step = Callable[[Values], Value]


def compiled(node: Node, checker: Checker) -> Step:
    """What computes the formula, exactly: a Fraction, a list of exact numbers, or a truth; None while unknown."""
    match node:
        case Number():
            value = node.value
            return lambda _values: value
        case Name():
            return _name(node.name)
        case Minus():
            return _with(lambda one: -one, compiled(node.inner, checker))
        case Listing():
            return _gathered(node.elements, checker)
        case Binary():
            return _binary(node, checker)
        case Compare():
            left, right, strict = compiled(node.left, checker), compiled(node.right, checker), node.sign == ">"
            return _with(lambda a, b: a > b or (a == b and not strict), left, right)
        case Logic():
            return _logic([compiled(one, checker) for one in node.conditions], any_of=node.word == "or")
        case Call():
            return _call(node, checker)


def _name(name: str) -> Step:
    def looked_up(values: Values) -> Value:
        value = values[name]
        return Fraction(value) if isinstance(value, Decimal | int) else value

    return looked_up


def _with(step: Callable[..., Value], *needed: Step) -> Step:
    def computed(values: Values) -> Value:
        found = [one(values) for one in needed]
        return None if any(one is None for one in found) else step(*found)

    return computed


def _logic(conditions: Sequence[Step], *, any_of: bool) -> Step:
    def decided(values: Values) -> Value:
        found = [one(values) for one in conditions]
        if any_of in found:
            return any_of  # one is enough
        return None if None in found else not any_of

    return decided


def _gathered(nodes: Sequence[Node], checker: Checker) -> Step:
    """Numbers and lists as one list; assignments in it stay decimals, which add up faster."""
    steps = [_raw(node.name) if isinstance(node, Name) else compiled(node, checker) for node in nodes]

    def gathered(values: Values) -> Value:
        found: list[Exact] = []
        for step in steps:
            one = step(values)
            if one is None:
                return None
            if isinstance(one, tuple):
                found += one
            else:
                found.append(one)
        return tuple(found)

    return gathered


def _raw(name: str) -> Callable[[Values], Exact | tuple[Exact, ...] | None]:
    return lambda values: values[name]


def _binary(node: Binary, checker: Checker) -> Step:
    left, right = compiled(node.left, checker), compiled(node.right, checker)
    if node.sign == "+":
        return _with(lambda a, b: a + b, left, right)
    if node.sign == "-":
        return _with(lambda a, b: a - b, left, right)
    if node.sign == "/":
        return _with(lambda a, b: a / b, left, right)
    units = [checker.number(node.left).unit, checker.number(node.right).unit]
    if "percent" in units and "" not in units:
        return _with(lambda a, b: a * b / HUNDRED, left, right)
    return _with(lambda a, b: a * b, left, right)


def _call(node: Call, checker: Checker) -> Step:
    if node.function in REDUCING:
        return _with(REDUCERS[node.function], _gathered(node.arguments, checker))
    if node.function in COUNTING:
        number, function = _written(node.arguments[0]), node.function
        return _with(lambda values: tuple(kept(function, number, values)), _gathered(node.arguments[1:], checker))
    if node.function == "most":
        most = checker.number(node).low
        return lambda _values: most
    if node.function == "round":
        places = _written(node.arguments[1]) if len(node.arguments) > 1 else 0
        return _with(lambda value: rounded(value, places), compiled(node.arguments[0], checker))
    return _scaled(node, checker)


def _scaled(node: Call, checker: Checker) -> Step:
    what, to = node.arguments
    top, meaning = checker.number(to).low, checker.meaning(what)
    if isinstance(meaning, Extent):
        factor = top / meaning.high
        return _with(lambda value: value * factor, compiled(what, checker))
    factors = [top / one.high for one in meaning if isinstance(one, Extent)]  # type: ignore[union-attr]  # a list was checked
    return _with(
        lambda values: tuple(Fraction(value) * factor for value, factor in zip(values, factors, strict=True)),
        _gathered([what], checker),
    )


def _written(node: Node) -> int:
    assert isinstance(node, Number), "checked to be written out"
    return int(node.value)
