"""Whose homework counts as nothing, and by which case."""

from __future__ import annotations

from kafedra.policy import Ruling
from kafedra.web.integrity.models import Decision, Side
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.sources import Contribution, Students
from kafedra.web.standings.values import Key, Zeroed

ZEROES = (Ruling.ASSIGNMENT, Ruling.ALL)


def zeroed(run: Run, students: Students) -> Contribution:
    """What decisions in force make of everybody's homework in the run, or of that of some students. One query."""
    return Contribution(zeroed=_zeroed(run, students))


def if_decided(known: Facts, side: Side, ruling: Ruling, reason: str) -> Facts:
    """The same facts if it were so decided."""
    more = {_key(side.student_id, side.case.assignment, ruling): Zeroed(side.case_id, reason)}
    return known.ruled({**more, **known.given.zeroed}) if ruling in ZEROES else known


def if_reversed(known: Facts, decision: Decision) -> Facts:
    """The same facts without this decision, whatever others there are."""
    side = decision.side
    return known.ruled(_zeroed(side.case.run, [side.student_id], but=decision.pk))


def _zeroed(run: Run, students: Students, but: int = 0) -> dict[int | Key, Zeroed]:
    rows = Decision.objects.filter(side__case__run=run, reversed_at=None, ruling__in=ZEROES).exclude(pk=but)
    if students is not None:
        rows = rows.filter(side__student__in=students)
    columns = ("side__student_id", "side__case__assignment", "ruling", "side__case_id", "reason")
    found: dict[int | Key, Zeroed] = {}
    for student, slug, ruling, case, reason in rows.order_by("made_at", "pk").values_list(*columns):
        found.setdefault(_key(student, slug, Ruling(ruling)), Zeroed(case, reason))
    return found


def _key(student: int, slug: str, ruling: Ruling) -> int | Key:
    return student if ruling is Ruling.ALL else (student, slug)
