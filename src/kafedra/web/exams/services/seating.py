"""Who sits an exam: the choice of students between exam and automat, papers handed out."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kafedra.web import clock
from kafedra.web.exams import selectors, verbs
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Choice, Exam, Mark, Opinion, Paper, Scan
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record


@transaction.atomic
def choose(*, exam: Exam, student: User, sits: bool) -> None:
    """Sit the exam, or take the automat. Raises Refused after the last day, and once one's paper is marked."""
    if exam.choose_until is None or clock.now() > exam.choose_until or exam.published_at is not None:
        raise Refused(_("The time to choose is over."))
    own = {"paper__exam": exam, "paper__student": student}
    if not sits and any(kind.objects.filter(**own).exists() for kind in (Mark, Opinion, Scan)):
        raise Refused(_("Your paper is being marked already."))
    known = Choice.objects.select_for_update().filter(exam=exam, student=student).first()
    if known is not None and known.sits == sits:
        return
    row, _new = Choice.objects.update_or_create(exam=exam, student=student, defaults={"sits": sits, "at": clock.now()})
    if not sits:
        exam.papers.filter(student=student).delete()
    record(
        who=student, verb=verbs.CHOSEN, about=row, label=exam.mark, run=exam.run, concerns=student,
        before={"sits_exam": known.sits} if known else {}, after={"sits_exam": sits},
    )  # fmt: skip


@transaction.atomic
def seat(*, exam: Exam, by: User, seats: Mapping[int, str] | None = None) -> int:
    """Give a paper to everybody who has none and doesn't take the automat; name seats, by a paper's id.

    Numbers that were given stay. Returns how many papers are new.
    """
    last = Exam.objects.select_for_update().get(pk=exam.pk).last_number
    students, _automats = selectors.without_paper(exam)
    variants = exam.questions.variants or 1
    numbered = enumerate(sorted(students, key=lambda one: (one.group, one.display_name)), last + 1)  # type: ignore[attr-defined]  # annotated
    made = Paper.objects.bulk_create(
        Paper(exam=exam, student=student, number=number, variant=(number - 1) % variants)
        for number, student in numbered
    )
    exam.last_number = last + len(made)
    exam.save(update_fields=["last_number"])
    named = [row for row in exam.papers.all() if seats and row.pk in seats and seats[row.pk] != row.seat]
    for row in named:
        row.seat = (seats or {})[row.pk]
    Paper.objects.bulk_update(named, ["seat"])
    if made or named:
        told: dict[str, Value] = {"exam_papers": len(made) or len(named)}
        record(who=by, verb=verbs.SEATED, about=exam, label=exam.mark, run=exam.run, after=told)
    return len(made)
