"""What stands behind the marks and blitzes of one student: the number, whether it counts, who gave it and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kafedra.course import Run as RunFacts
from kafedra.policy.scheme import blitz_of
from kafedra.web.marks.models import EnteredMark
from kafedra.web.marks.titles import title_of
from kafedra.web.standings.personal import PersonalStanding


@dataclass(frozen=True, slots=True)
class ToldMark:
    """One mark or blitz. `admitted` is None where no admission is asked; `entered` says who gave it by hand, if so."""

    title: str
    value: Decimal | None
    percent: bool
    admitted: bool | None = None
    entered: EnteredMark | None = None


def told_marks(personal: PersonalStanding, run: RunFacts, entered: Mapping[str, EnteredMark]) -> list[ToldMark]:
    """The marks of the formula in its order, then the blitzes by topic."""
    return [*_marks(personal, run, entered), *_blitzes(personal)]


def _marks(personal: PersonalStanding, run: RunFacts, entered: Mapping[str, EnteredMark]) -> Iterator[ToldMark]:
    admitted = personal.standing.grade.admitted
    for one in personal.terms.formula.marks:
        value, by_hand = personal.marks.get(one.name), entered.get(one.name)
        if by_hand is not None and by_hand.value != value:
            by_hand = None  # the mark that counts comes from elsewhere
        yield ToldMark(title_of(run, one.name), value, one.unit == "percent", admitted.get(one.name), by_hand)


def _blitzes(personal: PersonalStanding) -> Iterator[ToldMark]:
    if not personal.terms.scheme.asks_blitzes:
        return
    for topic in personal.terms.scheme.topics:
        value = personal.marks.get(blitz_of(topic))
        if value is not None:
            yield ToldMark(_("blitz of topic %(n)s") % {"n": topic}, value, percent=True)
