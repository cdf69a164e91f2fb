"""How the grade is computed: the run's formula in words, and in one student's numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.course import Run
from kafedra.policy.scheme import Scheme, Wording, in_names, in_numbers
from kafedra.web.frame.language import spoken
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.standings.personal import PersonalStanding

TOTAL = "O_total"
PLACES = 2  # of a grade; points have as many as they need


@dataclass(frozen=True, slots=True)
class Equation:
    """`name = numbers = value`; `value` None while it isn't known, `numbers` empty where they would only repeat it."""

    name: SafeString
    numbers: SafeString
    value: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """The formula in somebody's numbers, what they come to, and in words."""

    equations: tuple[Equation, ...]
    words: tuple[SafeString, ...]


def explained(personal: PersonalStanding, run: Run) -> Explained:
    """Everything, for one student as things are."""
    teller = Teller(personal.terms.scheme, run)
    values = personal.named(personal.scores, personal.marks)
    return Explained(tuple(teller.equations(values, personal.standing)), tuple(teller.words()))


class Teller:
    """Says the formula of a run in the language of the page."""

    def __init__(self, scheme: Scheme, run: Run) -> None:
        self.scheme = scheme
        self.titles = {work.slug: work.title.in_(spoken()) for work in run.works}
        self.titles |= {name: title.in_(spoken()) for name, title in run.mark_titles.items()}
        self.titles |= {f"blitz_{topic}": _("blitz of topic %(n)s") % {"n": topic} for topic in scheme.topics}
        self.titles |= {"homework": _("homework"), "bonus": _("bonuses"), "all": _("homework with bonuses")}
        self.titles["blitzes"] = _("blitzes")
        self.wording = Wording(
            number=lambda value: points(value) if _is_short(Fraction(value)) else str(value),
            name=lambda name: self.titles.get(name, name),
            function=_function,
            word={"and": _("and"), "or": _("or")},
            separator="; ",
        )

    def equations(self, values: policy.Values, standing: policy.Standing) -> Iterator[Equation]:
        """Every part that is a number, then the automat's grade, or that of the formula."""
        for name, part in self.scheme.parts.items():
            if part.extent is not None:
                value = standing.grade.components[name]
                yield self._equation(name, part.node, values, None if value is None else points(value))
        if standing.automat_total is not None and self.scheme.automat_total is not None:
            yield self._equation(TOTAL, self.scheme.automat_total.node, values, points(standing.automat_total, PLACES))
        if standing.automat_total is None or standing.computed is not None:
            computed = standing.computed
            yield self._equation(
                TOTAL, self.scheme.total.node, values, None if computed is None else points(computed, PLACES)
            )

    def _equation(self, name: str, node: policy.Node, values: policy.Values, value: str | None) -> Equation:
        numbers = in_numbers(node, self.scheme.checker, self.wording, values)
        return Equation(self._html(name), self._html("" if numbers == value else numbers), value)

    def words(self) -> Iterator[SafeString]:
        """One sentence each: parts, total, automat, admission, what must be reached, cap, letters."""
        formula = self.scheme.formula
        for name, part in self.scheme.parts.items():
            yield self._named(name, part.node)
        yield self._named(TOTAL, self.scheme.total.node)
        if self.scheme.when and self.scheme.automat_total:
            when, total = self.told(self.scheme.when.node), self.told(self.scheme.automat_total.node)
            yield format_html(_("With {when} it is {total}: the automat."), when=when, total=total)
        for one in self.scheme.steps:
            if one.admission:
                mark, when = self.titles.get(one.name, one.name), self.told(one.by.node)
                yield format_html(_("“{mark}” counts once {when}."), mark=mark, when=when)
        for condition, otherwise in self.scheme.required:
            when, most = self.told(condition.node), points(otherwise)
            yield format_html(_("Without {when} the grade is {most} at most."), when=when, most=most)
        yield format_html(
            "{} {}", _("The grade is never above %(cap)s.") % {"cap": points(formula.cap)}, self._rounding()
        )
        if formula.letters:
            table = ", ".join(f"{one.letter} — {points(one.least)}" for one in formula.letters)
            yield format_html(_("Letters, each from so much on: {letters}."), letters=table)
        if self.scheme.monotone:
            yield format_html("{}", _("More points or a better mark never make it worse."))

    def _rounding(self) -> str:
        return {
            "half up": _("The record book rounds halves up."),
            "half even": _("The record book rounds halves to the even number."),
            "up": _("The record book rounds up."),
            "down": _("The record book rounds down."),
        }[self.scheme.formula.rounding]

    def _named(self, name: str, node: policy.Node) -> SafeString:
        return format_html("{} = {}", self._html(name), self.told(node))

    def told(self, node: policy.Node) -> SafeString:
        """A formula in names."""
        return self._html(in_names(node, self.scheme.checker, self.wording))

    def _html(self, text: str) -> SafeString:
        shown = re.sub(r"\bO_(\w+)", r"<var>O</var><sub>\1</sub>", escape(text))
        return mark_safe(shown)  # noqa: S308  # escaped above


def _function(name: str, arguments: tuple[str, ...]) -> str:
    """What a function is called in front of what it is given."""
    of = "; ".join(arguments)
    if name in ("best", "drop", "scale") and len(arguments) > 1:
        told = {"n": arguments[1] if name == "scale" else arguments[0]}
        told["of"] = arguments[0] if name == "scale" else "; ".join(arguments[1:])
        return {
            "best": _("the best %(n)s of (%(of)s)"),
            "drop": _("(%(of)s without the %(n)s lowest)"),
            "scale": _("(%(of)s out of %(n)s)"),
        }[name] % told
    words = {
        "sum": _("sum (%(of)s)"),
        "mean": _("mean (%(of)s)"),
        "min": _("the least of (%(of)s)"),
        "max": _("the greatest of (%(of)s)"),
        "round": _("(%(of)s, rounded)"),
    }
    return words[name] % {"of": of}


def _is_short(value: Fraction) -> bool:
    """Whether four decimals say it exactly; a third is written as 1/3."""
    return (value * 10**4).denominator == 1
