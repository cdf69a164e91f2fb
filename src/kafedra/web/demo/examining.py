"""A trial exam of the example: drawn, written by everybody, and half marked, so that a newcomer sees the grid."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import cycle

from kafedra.exam.drafting import DraftError
from kafedra.web import clock
from kafedra.web.demo.people import ASSISTANT, INSTRUCTOR
from kafedra.web.exams.given import Given
from kafedra.web.exams.models import Exam, Paper
from kafedra.web.exams.services import marking, seating, setting
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run

_SEED = 7
# What a part earned of its points, and what is said of it: so that the bank of reasons has something to offer.
_GIVEN = (
    ("1", ""), ("1", ""), ("0.5", "идея верна, выкладка не доведена"), ("1", ""), ("0", "не об этом"),
    ("0.5", "ответ без причины"), ("1", ""), ("0", "пропущено"), ("0.5", "размеры не сходятся"),
)  # fmt: skip


def play(run: Run, logins: Collection[str]) -> None:
    """Draw it, hand papers out, mark the first question whole and the second in part. A run without a rule has none."""
    rules = course.current().runs[run.slug].exams
    if not rules:
        return
    instructor, assistant = (User.objects.get(username=one.login) for one in (INSTRUCTOR, ASSISTANT))
    held = setting.Held(clock.now() - timedelta(days=1), "Аудитория 405, пробный")
    try:
        exam = setting.draw_up(run=run, mark=rules[0].mark, seed=_SEED, held=held, by=instructor)
    except DraftError:  # a bank that is too small
        return
    seating.seat(exam=exam, by=instructor)
    papers = list(exam.papers.filter(student__username__in=logins))
    said = cycle(_GIVEN)
    for place, some, by in ((0, papers, instructor), (1, papers[: len(papers) // 2], assistant)):
        given = [one for paper in some for one in _parts(exam, paper, place, said)]
        marking.mark(exam=exam, given=given, by=by)


def _parts(exam: Exam, paper: Paper, place: int, said: Iterator[tuple[str, str]]) -> Iterator[Given]:
    rows = exam.questions.rows
    if place >= len(rows):
        return
    for number, part in enumerate(rows[place][paper.variant].parts):
        share, reason = next(said)
        yield Given(paper, place, number, round(part.points * Decimal(share), 2), reason)
