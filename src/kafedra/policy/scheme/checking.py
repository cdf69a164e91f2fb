"""Whether a formula means something: names known, units that go together, no division by zero; and its range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from kafedra.policy.exact import exact_arithmetic
from kafedra.policy.scheme import extents
from kafedra.policy.scheme.extents import HUNDRED, UNIT_WORDS, Extent, Unit
from kafedra.policy.scheme.functions import COUNTING, FUNCTIONS, MOST_PLACES, REDUCERS, REDUCING, rounded
from kafedra.policy.scheme.nodes import Binary, Call, Compare, Listing, Logic, Minus, Name, Node, Number
from kafedra.policy.scheme.trouble import FormulaError

Extents = tuple[Extent, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds or doesn't; it `rises` if whoever has more never loses it."""

    rises: bool


Meaning = Extent | Extents | Condition


class Checker:
    """Finds what formulas mean among known names. Every method raises FormulaError with the place of the mistake."""

    def __init__(self, known: Mapping[str, Meaning]) -> None:
        self.known = known

    def number(self, node: Node) -> Extent:
        """The extent of a formula that must be a number."""
        match self.meaning(node):
            case Extent() as extent:
                return extent
            case Condition():
                raise FormulaError("must be a number, this is a condition", node.at)
        raise FormulaError(f"must be one number, this is a list: {_advice(node)}", node.at)

    def condition(self, node: Node) -> Condition:
        """What a formula that must be a condition says."""
        meaning = self.meaning(node)
        if not isinstance(meaning, Condition):
            raise FormulaError("must be a condition, such as O_hw >= 6", node.at)
        return meaning

    def meaning(self, node: Node) -> Meaning:
        """Whatever it is."""
        match node:
            case Number():
                return Extent.constant(node.value, "percent" if node.percent else "")
            case Name():
                return self._name(node)
            case Listing():
                return self._listing(node)
            case Minus():
                return self.number(node.inner).flipped()
            case Binary():
                return self._binary(node)
            case Compare():
                return self._compare(node)
            case Logic():
                rises = [self.condition(one).rises for one in node.conditions]  # all are looked at
                return Condition(all(rises))
            case Call():
                return self._call(node)

    def _name(self, node: Name) -> Meaning:
        if node.name in self.known:
            return self.known[node.name]
        if node.name in FUNCTIONS:
            raise FormulaError(f"'{node.name}' is a function: {FUNCTIONS[node.name]}", node.at)
        raise FormulaError(f"unknown name '{node.name}'{self._meant(node.name)}", node.at)

    def _meant(self, name: str) -> str:
        if "-" in name and all(part in self.known or part.isdigit() for part in name.split("-")):
            return f" — a minus stands between spaces: {name.replace('-', ' - ')}"
        near = get_close_matches(name, self.known, n=1, cutoff=0.6)
        if near:
            return f" — did you mean '{near[0]}'?"
        own = [one for one in self.known if not one.startswith("blitz_")]
        return f" — known here: {', '.join(own[:20])}{' …' if len(own) > 20 else ''}"

    def _listing(self, node: Listing) -> Extents:
        found = self._flat(node.elements)
        self._one_unit(node, found)
        return tuple(found)

    def _flat(self, nodes: Sequence[Node]) -> list[Extent]:
        found: list[Extent] = []
        for node in nodes:
            meaning = self.meaning(node)
            if isinstance(meaning, Condition):
                raise FormulaError("must be a number or a list, this is a condition", node.at)
            found += [meaning] if isinstance(meaning, Extent) else meaning
        return found

    def _one_unit(self, node: Node, found: Sequence[Extent]) -> Unit:
        """The unit of them all; plain numbers go with points."""
        units = {one.unit for one in found}
        if "percent" in units and units != {"percent"}:
            other = UNIT_WORDS[next(iter(units - {"percent"}))]
            raise FormulaError(
                f"{other} and per cent don't go together: scale(…, 10) makes points of per cent, 60% is per cent",
                node.at,
            )
        return next(iter(units - {""}), "")

    def _binary(self, node: Binary) -> Extent:
        left, right = self.number(node.left), self.number(node.right)
        if node.sign in "+-":
            unit = self._one_unit(node, [left, right])
            return extents.add(left, right if node.sign == "+" else right.flipped()).with_unit(unit)
        if node.sign == "/":
            return self._divided(node, left, right)
        if left.unit and right.unit and "percent" not in (left.unit, right.unit):
            raise FormulaError("points times points mean nothing: one of the two must be a plain number", node.at)
        product = extents.multiply(left, right, left.unit if right.unit == "percent" else right.unit or left.unit)
        if "percent" in (left.unit, right.unit) and left.unit and right.unit:
            product = product.through(lambda value: value / HUNDRED)  # half of the points, not fifty times as many
        return product

    def _divided(self, node: Binary, left: Extent, right: Extent) -> Extent:
        if right.low <= 0 <= right.high:
            what = "is 0" if right.fixed else f"goes from {written(right.low)} to {written(right.high)}"
            raise FormulaError(f"division by zero: what stands below {what}", node.at)
        if right.unit and left.unit not in ("", right.unit):
            raise FormulaError(f"{UNIT_WORDS[left.unit]} by {UNIT_WORDS[right.unit]} mean nothing", node.at)
        unit: Unit = "" if right.unit else left.unit
        return extents.multiply(left, extents.invert(right), unit)

    def _compare(self, node: Compare) -> Condition:
        left, right = self.number(node.left), self.number(node.right)
        self._one_unit(node, [left, right])
        return Condition(left.rises and right.falls)

    def _call(self, node: Call) -> Extent | Extents:
        if node.function in REDUCING:
            found = self._flat(node.arguments)
            if not found and node.function != "sum":
                raise FormulaError(f"{node.function} of nothing: the list is empty", node.at)
            unit = self._one_unit(node, found)
            return extents.together(found, REDUCERS[node.function]).with_unit(unit or ("" if found else "points"))
        if node.function in COUNTING:
            return self._counted(node)
        match node.function:
            case "scale":
                return self._scaled(node)
            case "most":
                (one,) = self._arguments(node, 1)
                return Extent.constant(sum((each.high for each in self._flat([one])), Fraction(0)))
            case "round":
                first, *more = self._arguments(node, 1, 2)
                places = self._whole(more[0], 0, MOST_PLACES) if more else 0
                return self.number(first).through(lambda value: rounded(value, places))
        raise FormulaError(f"unknown function '{node.function}' — there are: {', '.join(FUNCTIONS)}", node.at)

    def _counted(self, node: Call) -> Extents:
        number, of = self._arguments(node, 2)
        found = self._flat([of])
        self._one_unit(of, found)
        least, most = (1, len(found)) if node.function == "best" else (0, len(found) - 1)
        if most < least:
            raise FormulaError(f"{node.function} of nothing: the list is empty", of.at)
        count = self._whole(number, least, most)
        return tuple(extents.ordered(found)[: count if node.function == "best" else len(found) - count])

    def _scaled(self, node: Call) -> Extent | Extents:
        what, to = self._arguments(node, 2)
        top = self.number(to)
        if not top.fixed or top.low <= 0 or top.unit == "percent":
            raise FormulaError("scale(a, 10): the second must be a number, more than 0", to.at)
        meaning = self.meaning(what)
        if isinstance(meaning, Condition):
            raise FormulaError("must be a number or a list, this is a condition", what.at)
        every = (meaning,) if isinstance(meaning, Extent) else meaning
        for one in every:
            if one.low < 0 or one.high <= 0:
                range_ = f"from {written(one.low)} to {written(one.high)}"
                raise FormulaError(f"only what goes from 0 upwards can be scaled, this goes {range_}", what.at)
        scaled = tuple(_stretched(one, top.low) for one in every)
        return scaled[0] if isinstance(meaning, Extent) else scaled

    def _arguments(self, node: Call, *counts: int) -> tuple[Node, ...]:
        if len(node.arguments) not in counts:
            raise FormulaError(f"{FUNCTIONS[node.function]}: this has {len(node.arguments)} in its brackets", node.at)
        return node.arguments

    def _whole(self, node: Node, low: int, high: int) -> int:
        if isinstance(node, Number) and not node.percent and node.value.denominator == 1 and low <= node.value <= high:
            return int(node.value)
        raise FormulaError(f"must be a whole number from {low} to {high}, written out", node.at)


def written(value: Fraction) -> str:
    """Exactly: 10, 0.5, 10/3."""
    below = value.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below != 1:
        return str(value)
    with exact_arithmetic():
        return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _stretched(one: Extent, top: Fraction) -> Extent:
    return one.through(lambda value: value / one.high * top).with_unit("points")


def _advice(node: Node) -> str:
    name = node.name if isinstance(node, Name) else "…"
    return f"sum({name}), mean({name})"
