"""Writes of second marking."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from kafedra.web import clock
from kafedra.web.exams import verbs
from kafedra.web.exams.given import Given, Refused
from kafedra.web.exams.models import LONGEST_REASON, Exam, Mark, Opinion, Paper
from kafedra.web.exams.second.selectors import Difference, bound_of, may_decide, opinions
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record

_CENT: Final = Decimal("0.01")


@transaction.atomic
def give(*, exam: Exam, given: Sequence[Given], by: User) -> tuple[int, list[Given]]:
    """Write what one of two markers gives. How many were written, and which were not: two others have marked them,
    or both are in, so that only a decision changes them. Where two agree, the mean becomes the mark.
    """
    papers = {one.paper.pk for one in given}
    list(Paper.objects.select_for_update().filter(pk__in=papers))  # one marker after the other
    known = opinions(papers)
    written, left = 0, list[Given]()
    for one in given:
        rows = known[one.paper.pk, one.place, one.part]
        mine = next((row for row in rows if row.by_id == by.pk), None)
        if mine is not None and (mine.points, mine.reason) == (one.points, one.reason):
            continue
        if len(rows) > 1:
            left.append(one)
            continue
        _write(exam, one, mine, by)
        written += 1
        if mine is None and rows:
            _settle(exam, one, rows[0], by)
    return written, left


def _write(exam: Exam, one: Given, mine: Opinion | None, by: User) -> None:
    """The record says that it was marked, and not with how much: the second marker might read it there."""
    row = mine or Opinion(paper=one.paper, place=one.place, part=one.part, by=by)
    row.points, row.reason, row.at = one.points, one.reason, clock.now()
    row.save()
    told: dict[str, Value] = {"exam_part": f"{one.place + 1}.{one.part + 1}"}
    record(who=by, verb=verbs.OPINED, about=row, label=_label(exam, one), run=exam.run, after=told)


def _settle(exam: Exam, second: Given, first: Opinion, by: User) -> None:
    if abs(first.points - second.points) > bound_of(exam):
        return
    mean = ((first.points + second.points) / 2).quantize(_CENT, ROUND_HALF_UP)
    reason = "; ".join(dict.fromkeys(filter(None, (first.reason, second.reason))))[:LONGEST_REASON]
    row = Mark.objects.create(
        paper=second.paper, place=second.place, part=second.part, points=mean, reason=reason, by=by
    )
    told: dict[str, Value] = {"points": mean}
    record(who=by, verb=verbs.MARKED, about=row, label=_label(exam, second), run=exam.run, after=told)


@transaction.atomic
def decide(*, exam: Exam, difference: Difference, points: Decimal, reason: str, by: User, instructor: bool) -> Mark:
    """Say what a part earns that two have marked differently. Raises Refused to one of the two, and a second time."""
    if not may_decide(difference, by, instructor=instructor):
        raise Refused(_("You are one of the two: a third colleague decides, or an instructor."))
    list(Paper.objects.select_for_update().filter(pk=difference.paper.pk))
    where = {"paper": difference.paper, "place": difference.place, "part": difference.part}
    if Mark.objects.filter(**where).exists():
        raise Refused(_("A colleague has decided already."))
    row = Mark.objects.create(**where, points=points, reason=reason, by=by)
    before: dict[str, Value] = {"points": " / ".join(f"{one.points.normalize():f}" for one in difference.given)}
    record(
        who=by, verb=verbs.DECIDED, about=row, label=_label(exam, difference), run=exam.run, before=before,
        after={"points": points}, why=reason,
    )  # fmt: skip
    return row


def _label(exam: Exam, one: Given | Difference) -> str:
    return f"{exam.mark}, {one.paper.number}: {one.place + 1}.{one.part + 1}"
