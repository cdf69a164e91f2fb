"""A formula in one run: compiled once, then asked for everybody's grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import cast

from kafedra.policy.exact import Exact, exact_arithmetic
from kafedra.policy.scheme.checking import Checker
from kafedra.policy.scheme.compiling import Compiled, Compiler
from kafedra.policy.scheme.formula import HOMEWORK, TOTAL, Formula
from kafedra.policy.scheme.grade import Grade, in_record_book, letter_of
from kafedra.policy.scheme.names import values_of
from kafedra.policy.scheme.nodes import Compare, Name, Node, is_plain_sum, names_in
from kafedra.policy.scheme.trouble import SchemeError, Trouble
from kafedra.policy.terms import AssignmentTerms

MOST_PARTS = 60
MOST_KEPT = 2000  # grades of one scheme
ZERO = Fraction(0)
PartValues = dict[str, Exact | tuple[Exact, ...] | None]


class Scheme:
    """`formula` for a run with these assignments and topics.

    Raises SchemeError with every mistake of every text: a name unknown to the run, units that don't go together, a
    division that could be by zero, parts that need each other.
    """

    def __init__(
        self,
        formula: Formula,
        works: Sequence[AssignmentTerms],
        topics: Iterable[int] = (),
    ) -> None:
        self.formula = formula
        self._graded: dict[object, Grade] = {}
        self.works = tuple(works)
        self._offers_automat = any(one.max_points for one in works if not one.bonus)
        self.topics = tuple(topics)
        if len(formula.parts) > MOST_PARTS:
            raise SchemeError([Trouble(("parts",), None, f"has {len(formula.parts)} parts; {MOST_PARTS} are the most")])
        compiler = Compiler(formula, self.works, self.topics)
        self.checker = compiler.checker
        compiler.bad_marks()
        self.steps = compiler.steps()
        self.parts = {one.name: one.by for one in self.steps if not one.admission}
        total = compiler.number((TOTAL,), formula.total)
        automat = formula.automat
        self.when = compiler.condition(("automat", "when"), automat.when) if automat else None
        self.automat_total = compiler.number(("automat", "total"), automat.total) if automat else None
        required = [
            (compiler.condition(("required", number, "condition"), one.condition), Fraction(one.otherwise))
            for number, one in enumerate(formula.required)
        ]
        self.required = [(condition, otherwise) for condition, otherwise in required if condition is not None]
        self._finish(compiler, total)
        every = [total, self.automat_total, self.when, *(one for one, _otherwise in self.required)]
        every += [one.by for one in self.steps]
        self._used = {name.name for one in every if one for name in names_in(one.node)}
        assert total is not None, "or its mistake would have been raised"
        self.total: Compiled = total

    def _finish(self, compiler: Compiler, total: Compiled | None) -> None:
        homework = self.parts.get(HOMEWORK)
        if homework and homework.extent is None:
            text = dict(self.formula.all_parts)[HOMEWORK]
            compiler.troubles.append(Trouble(("parts", HOMEWORK), text, "must be one number, this is a list"))
        for key, one in (((TOTAL,), total), (("automat", "total"), self.automat_total)):
            if one and one.extent and one.extent.unit == "percent":
                words = "is per cent: scale(…, 10) makes points of it"
                compiler.troubles.append(Trouble(key, one.text, words))
        compiler.finish()

    @property
    def monotone(self) -> bool:
        """Whether more points or a better mark never make anybody's grade worse."""
        every = [self.total, self.automat_total, self.when, *(condition for condition, _otherwise in self.required)]
        return all(one is None or one.rises for one in every) and all(one.by.rises for one in self.steps)

    @cached_property
    def threshold(self) -> Fraction | None:
        """The O_hw with which the automat begins, where the condition is `O_hw >= number`; None otherwise."""
        node = self.when.node if self.when else None
        if not isinstance(node, Compare) or node.sign != ">=" or not _is_homework(node.left):
            return None
        return self._constant(node.right)

    def _constant(self, node: Node) -> Fraction | None:
        if any(True for _name in names_in(node)):
            return None
        extent = Checker({}).number(node)
        return extent.low if extent.fixed else None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of parts that are numbers, and of marks."""
        parts = (name for name, part in self.parts.items() if part.extent is not None)
        return (*parts, *(one.name for one in self.formula.marks))

    @property
    def asks_blitzes(self) -> bool:
        """Whether any formula names a blitz."""
        return any(name.startswith("blitz_") or name == "blitzes" for name in self._used)

    @property
    def plain_homework(self) -> bool:
        """Whether each point more of an assignment is as much more of O_hw, whichever it is."""
        return is_plain_sum(self.parts[HOMEWORK].node)

    @property
    def reach(self) -> Fraction:
        """The largest grade that the formula can give, the cap included."""
        extent = self.total.extent
        return min(extent.high, Fraction(self.formula.cap)) if extent else Fraction(self.formula.cap)

    def grade(self, earned: Mapping[str, Exact], marks: Mapping[str, Exact], *, zeroed: bool = False) -> Grade:
        """The grade that follows from points by slug, and from marks and blitz results (in per cent) by name.

        `zeroed` is a confirmed integrity case: all homework is nothing, and there is no automat.
        """
        # one page asks after another, and few students have anything new by then
        asked = zeroed, tuple(earned.items()), tuple(marks.items())
        grade = self._graded.get(asked)
        if grade is None:
            with exact_arithmetic():
                grade = self._grade({} if zeroed else earned, marks, zeroed)
            if len(self._graded) >= MOST_KEPT:
                self._graded.clear()
            self._graded[asked] = grade
        return grade

    def values(self, earned: Mapping[str, Exact], marks: Mapping[str, Exact]) -> PartValues:
        """Everything that has a name, parts included."""
        with exact_arithmetic():
            return self._valued(earned, marks)[0]

    def _valued(self, earned: Mapping[str, Exact], marks: Mapping[str, Exact]) -> tuple[PartValues, dict[str, bool]]:
        values = values_of(self.works, earned, self.topics, marks)
        for mark in self.formula.marks:
            values[mark.name] = marks.get(mark.name, mark.unmarked)
        admitted = dict[str, bool]()
        for one in self.steps:
            if not one.admission:
                values[one.name] = cast("Exact | tuple[Exact, ...] | None", one.by.step(values))
                continue
            admitted[one.name] = one.by.step(values) is True
            if not admitted[one.name] and values[one.name] is not None:
                values[one.name] = ZERO  # without admission a mark is nothing
        return values, admitted

    def _grade(self, earned: Mapping[str, Exact], marks: Mapping[str, Exact], zeroed: bool) -> Grade:
        values, admitted = self._valued(earned, marks)
        computed, failed = self._capped(self.total.step(values)), tuple[int, ...]()
        for number, (condition, otherwise) in enumerate(self.required):
            met = condition.step(values)
            if met is None:
                computed = None
            elif not met:
                failed = (*failed, number)
                computed = None if computed is None else min(computed, otherwise)
        automat = self._offers_automat and not zeroed and self.when is not None and self.when.step(values) is True
        automat_total = self._capped(self.automat_total.step(values)) if automat and self.automat_total else None
        # An automat is a right, not a duty: who has one and still sits the exam keeps the better grade.
        total = max((one for one in (computed, automat_total) if one is not None), default=None)
        return Grade(
            components=self._components(values),
            automat=automat,
            automat_total=automat_total,
            computed=computed,
            total=total,
            record=None if total is None else in_record_book(total, self.formula.rounding),
            letter=None if total is None else letter_of(total, self.formula.letters),
            admitted=admitted,
            failed=failed,
        )

    def _capped(self, value: object) -> Fraction | None:
        if value is None:
            return None
        assert isinstance(value, Fraction), "a checked formula gives a number"
        return max(ZERO, min(value, Fraction(self.formula.cap)))

    def _components(self, values: PartValues) -> dict[str, Fraction | None]:
        names = [*self.parts, *(one.name for one in self.formula.marks)]
        found = {name: values[name] for name in names}
        return {
            name: None if value is None else Fraction(value)
            for name, value in found.items()
            if not isinstance(value, tuple)
        }


def _is_homework(node: Node) -> bool:
    return isinstance(node, Name) and node.name == HOMEWORK
