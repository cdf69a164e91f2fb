"""Marks part by part, and their publication."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock
from kafedra.web.exams import news, selectors, verbs
from kafedra.web.exams.addresses import result_of
from kafedra.web.exams.given import Given, Refused
from kafedra.web.exams.models import Exam, Mark
from kafedra.web.exams.scale import earned, scale_of
from kafedra.web.exams.second.selectors import asks_two
from kafedra.web.exams.second.services import give
from kafedra.web.frame.numbers import written
from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record


@transaction.atomic
def mark(
    *, exam: Exam, given: Sequence[Given], by: User, why: str = "", decides: bool = False
) -> tuple[int, list[Given]]:
    """Write marks; what a colleague wrote since the page was shown is kept. How many were written, and which were not.

    Once the exam is published a change needs a reason, `why`, and the student is told. Raises Refused without one.
    Until then two markers give theirs independently, where the run's rule asks for two; who `decides` changes what they
    agreed on.
    """
    count, left = 0, list[Given]()
    if exam.published_at is None and asks_two(exam):
        open_ones, given = _apart(given) if decides else (given, ())
        count, left = give(exam=exam, given=open_ones, by=by)
    rows = Mark.objects.select_for_update().filter(paper__in={one.paper.pk for one in given})
    known = {(row.paper_id, row.place, row.part): row for row in rows}
    written_ones = list[Given]()
    for one in given:
        row = known.get((one.paper.pk, one.place, one.part))
        if row is not None and (row.points, row.reason) == (one.points, one.reason):
            continue
        if exam.published_at is not None and not why:
            raise Refused(_("The marks are published: say why you change one."))
        (written_ones if _write(exam, one, row, by, why) else left).append(one)
    for paper in {one.paper.pk: one for one in written_ones}.values() if exam.published_at else ():
        _tell_again(exam, paper)
    return count + len(written_ones), left


def _apart(given: Sequence[Given]) -> tuple[list[Given], list[Given]]:
    """What is to be marked by two, and what has its mark."""
    papers = {one.paper.pk for one in given}
    have = set(Mark.objects.filter(paper__in=papers).values_list("paper", "place", "part"))
    split: tuple[list[Given], list[Given]] = ([], [])
    for one in given:
        split[(one.paper.pk, one.place, one.part) in have].append(one)
    return split


def _write(exam: Exam, one: Given, row: Mark | None, by: User, why: str) -> bool:
    told: dict[str, Value] = {"points": one.points} | ({"reason": one.reason} if one.reason else {})
    before: dict[str, Value] = {"points": row.points} if row else {}
    if (row.version if row else 0) != one.seen:
        return False
    if row is None:
        try:
            with transaction.atomic():
                row = Mark.objects.create(
                    paper=one.paper, place=one.place, part=one.part, points=one.points, reason=one.reason, by=by
                )
        except IntegrityError:  # a colleague was quicker by a moment
            return False
    else:
        row.points, row.reason, row.by, row.at, row.version = one.points, one.reason, by, clock.now(), row.version + 1
        row.save()
    verb = verbs.REMARKED if exam.published_at else verbs.MARKED
    label = f"{exam.mark}, {one.paper.number}: {one.place + 1}.{one.part + 1}"
    concerns = one.paper.student if exam.published_at else None
    record(
        who=by, verb=verb, about=row, label=label, run=exam.run, concerns=concerns, before=before, after=told, why=why
    )
    return True


def _tell_again(exam: Exam, one: Given) -> None:
    mark_now = scale_of(exam).mark(earned([one.paper.pk]).get(one.paper.pk, Decimal(0)))
    tell(
        user=one.paper.student, run=exam.run, news=news.REMARKED, path=result_of(exam), question=str(one.place + 1),
        mark=written(mark_now, separator="."),
    )  # fmt: skip


@transaction.atomic
def publish(*, exam: Exam, by: User) -> int:
    """Let everybody see their marks, and let them count. Twice is once. How many were told."""
    now = clock.now()
    if not Exam.objects.filter(pk=exam.pk, published_at=None).update(published_at=now, published_by=by):
        return 0
    exam.published_at, exam.published_by = now, by
    papers = {paper.pk: paper for paper in selectors.papers_of(exam)}
    points, scale = earned(papers), scale_of(exam)
    for pk, reached in points.items():
        tell(
            user=papers[pk].student, run=exam.run, news=news.PUBLISHED, path=result_of(exam),
            mark=written(scale.mark(reached), separator="."),
        )  # fmt: skip
    record(who=by, verb=verbs.PUBLISHED, about=exam, label=exam.mark, run=exam.run, after={"exam_papers": len(points)})
    return len(points)
