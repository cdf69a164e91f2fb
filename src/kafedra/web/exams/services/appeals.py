"""Requests to look at a part of a paper again, and answers to them."""

from __future__ import annotations

from django.db import transaction

from kafedra.web.exams import news, verbs
from kafedra.web.exams.addresses import result_of
from kafedra.web.exams.models import Appeal, Paper
from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.record.services import note as record


@transaction.atomic
def appeal(*, paper: Paper, place: int, part: int, message: str) -> Appeal:
    """Ask about one part of one's own paper. Asking again while nobody has answered changes the words."""
    row, new = Appeal.asked(message, paper=paper, place=place, part=part)
    if not new:
        return row
    record(
        who=paper.student, verb=verbs.APPEALED, about=row, label=paper.exam.mark, run=paper.exam.run,
        concerns=paper.student, after={"exam_part": f"{place + 1}.{part + 1}"}, why=message,
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, request: Appeal, text: str, by: User) -> bool:
    """Answer a request, once; False when a colleague was first."""
    if not request.settle(text, by):
        return False
    paper, about = request.paper, f"{request.place + 1}.{request.part + 1}"
    record(
        who=by, verb=verbs.ANSWERED, about=request, label=paper.exam.mark, run=paper.exam.run,
        concerns=paper.student, after={"exam_part": about, "answer": text},
    )  # fmt: skip
    tell(user=paper.student, run=paper.exam.run, news=news.ANSWERED, path=result_of(paper.exam), part=about)
    return True
