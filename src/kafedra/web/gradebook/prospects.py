"""What if: one's standing if the rest went as one imagines, and how much of the rest the automat needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kafedra import policy
from kafedra.web import clock
from kafedra.web.frame.language import spoken
from kafedra.web.frame.numbers import DECIMALS
from kafedra.web.frame.templatetags.kafedra import points
from kafedra.web.standings.personal import Line, PersonalStanding

NOTHING = Decimal(0)


class ProspectsForm(forms.Form):
    """Points for each assignment that can still move, penalty included, and a mark for the exam.

    What can't be had any more can't be imagined: the penalty of today bounds the points.
    """

    exam = forms.DecimalField(
        error_messages={"max_value": gettext_lazy("The mark is 10 at most.")},
        label=gettext_lazy("Exam"),
        min_value=0,
        max_value=10,
        max_digits=4,
        decimal_places=2,
        required=False,
        localize=True,
    )

    def __init__(self, mine: PersonalStanding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in open_lines(mine):
            self.fields[line.work.slug] = forms.DecimalField(
                label=line.work.title.in_(spoken()), min_value=0, max_value=_most(line), max_digits=7,
                decimal_places=DECIMALS, required=False, localize=True, error_messages=_words(line),
            )  # fmt: skip
        self.order_fields([*(line.work.slug for line in open_lines(mine)), "exam"])

    def wanted(self) -> tuple[dict[str, Decimal], Decimal | None]:
        """What was imagined so far; the rest of what was typed is in `errors`."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        exam = given.pop("exam", None)
        return given, exam

    def asked(self, mine: PersonalStanding) -> list[ImaginedWork]:
        """The assignments as the page shows them, each with its field."""
        return [ImaginedWork(self[line.work.slug], line) for line in open_lines(mine)]


@dataclass(frozen=True, slots=True)
class ImaginedWork:
    """One assignment that can still move, and the field to imagine points in."""

    field: forms.BoundField
    line: Line


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
    """Where one would stand; `imagined` is False when it is simply today's standing."""

    standing: policy.Standing
    imagined: bool


def open_lines(mine: PersonalStanding) -> tuple[Line, ...]:
    """The assignments that can still bring more."""
    return tuple(line for line in mine.lines if not line.settled)


def imagine(mine: PersonalStanding, wanted: Mapping[str, Decimal], exam: Decimal | None) -> Prospects:
    """The standing with the points `wanted` in place of today's, by slug, and `exam` in place of the exam's mark."""
    scores = {line.work.slug: line.score for line in mine.lines}
    now = clock.now()
    for slug, value in wanted.items():
        scores[slug] = policy.Score("imagined", value, NOTHING, 0, value, NOTHING, now)
    mark = mine.standing.exam if exam is None else exam
    found = policy.standing(mine.terms.assignments, scores, mine.terms.formula, exam=mark, zeroed=mine.standing.zeroed)
    return Prospects(found, bool(wanted) or exam is not None)


def needed_share(mine: PersonalStanding) -> Fraction | None:
    """Which part of all that can still be earned makes the automat; None with an automat, or if it is out of reach."""
    left, missing = mine.reachable - mine.standing.homework, mine.standing.missing_for_automat
    if missing == 0 or left < missing:
        return None
    return Fraction(missing) / Fraction(left)
