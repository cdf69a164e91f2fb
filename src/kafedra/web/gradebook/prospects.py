"""What if: one's standing if the rest went as one imagines, and how much of the rest the automat needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kafedra import policy
from kafedra.course import Run
from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.frame.numbers import DECIMALS
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.gradebook.explaining import Equation, Teller
from kafedra.web.standings.line import Line
from kafedra.web.standings.personal import PersonalStanding

NOTHING = Decimal(0)


class ProspectsForm(forms.Form):
    """Points for each assignment that can still move, penalty included, and every mark of the formula.

    What can't be had any more can't be imagined: the penalty of today bounds the points.
    """

    def __init__(self, mine: PersonalStanding, run: Run, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._marks = [one.name for one in mine.terms.formula.marks]
        for line in open_lines(mine):
            title, most = line.work.title.in_(spoken()), _most(line)
            self.fields[line.work.slug] = _number(title, most, _words(line), DECIMALS)
        for mark in mine.terms.formula.marks:
            title = run.mark_titles[mark.name].in_(spoken()) if mark.name in run.mark_titles else mark.name
            words = _("The mark is %(most)s at most.") % {"most": points(mark.most)}
            self.fields[mark.name] = _number(title, mark.most, {"max_value": words}, 2)

    def wanted(self) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
        """The points and the marks that were imagined so far; the rest of what was typed is in `errors`."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        marks = {name: given.pop(name) for name in self._marks if name in given}
        return given, marks

    def asked(self, mine: PersonalStanding) -> list[ImaginedWork]:
        """The assignments as the page shows them, each with its field."""
        return [ImaginedWork(self[line.work.slug], line) for line in open_lines(mine)]

    def marked(self, mine: PersonalStanding) -> list[ImaginedMark]:
        """The marks likewise."""
        return [ImaginedMark(self[one.name], one.most) for one in mine.terms.formula.marks]


def _number(label: str, most: Decimal, words: dict[str, str], places: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, max_digits=7, decimal_places=places, required=False, localize=True,
        error_messages=words,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImaginedWork:
    """One assignment that can still move, and the field to imagine points in."""

    field: forms.BoundField
    line: Line


@dataclass(frozen=True, slots=True)
class ImaginedMark:
    """One mark, and the field to imagine it in."""

    field: forms.BoundField
    most: Decimal


def _most(line: Line) -> Decimal:
    """What the assignment can bring today: a faultless submission, or what it has brought already."""
    return max(line.best_now, line.points or NOTHING)


def _words(line: Line) -> dict[str, str]:
    """Of what can't be had, how much can."""
    told = {"most": points(_most(line))}
    if line.penalty_now:
        return {"max_value": _("At most %(most)s today: the deadline is over.") % told}
    return {"max_value": _("There are at most %(most)s points.") % told}


@dataclass(frozen=True, slots=True)
class Prospects:
    """Where one would stand, and how that is computed; `imagined` is False when it is simply today's standing."""

    standing: policy.Standing
    equations: tuple[Equation, ...]
    imagined: bool


def open_lines(mine: PersonalStanding) -> tuple[Line, ...]:
    """The assignments that can still bring more."""
    return tuple(line for line in mine.lines if not line.settled and line.work.points)


def imagine(mine: PersonalStanding, run: Run, wanted: Mapping[str, Decimal], marks: Mapping[str, Decimal]) -> Prospects:
    """The standing with the points `wanted` in place of today's, by slug, and these `marks` in place of those given."""
    scores, now = dict(mine.scores), clock.now()
    for slug, value in wanted.items():
        scores[slug] = policy.Score("imagined", value, NOTHING, 0, value, NOTHING, now)
    all_marks = {**mine.marks, **marks}
    found = mine.standing_with(scores, all_marks)
    equations = Teller(mine.terms.scheme, run).equations(mine.named(scores, all_marks), found)
    return Prospects(found, tuple(equations), bool(wanted or marks))


def needed_share(mine: PersonalStanding) -> Fraction | None:
    """Which part of all that can still be earned makes the automat; None with an automat, or if it is out of reach.

    None too where O_hw isn't simply a sum: then no such part would be right.
    """
    missing = mine.standing.missing_for_automat
    if missing is None or not mine.terms.scheme.plain_homework:
        return None
    left = mine.reachable - mine.standing.homework
    return None if missing == 0 or left < missing else missing / left
