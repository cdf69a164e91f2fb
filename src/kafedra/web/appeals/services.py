"""Asking and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web.appeals import news, verbs
from kafedra.web.appeals.models import Appeal
from kafedra.web.notices.services import tell
from kafedra.web.record.labels import of_work
from kafedra.web.record.services import note as record
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Submission

if TYPE_CHECKING:
    from kafedra.web.people.models import User


@transaction.atomic
def ask(*, submission: Submission, test: str, message: str) -> Appeal:
    """Ask about one test. Asking again while nobody has answered changes the words; an answered one stays as it is."""
    repository = submission.repository
    row, new = Appeal.asked(message, submission=submission, test=test)
    if not new:
        return row
    record(
        who=repository.student, verb=verbs.ASKED, about=row, label=_label(submission), run=repository.run,
        concerns=repository.student, after={"test": test}, why=message,
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, request: Appeal, text: str, by: User) -> bool:
    """Answer a request, once; False when a colleague was first."""
    if not request.settle(text, by):
        return False
    submission = request.submission
    repository = submission.repository
    record(
        who=by, verb=verbs.ANSWERED, about=request, label=_label(submission), run=repository.run,
        concerns=repository.student, after={"test": request.test, "answer": text},
    )  # fmt: skip
    path = page_of(submission)
    tell(user=repository.student, run=repository.run, news=news.ANSWERED, path=path, assignment=repository.assignment)
    return True


def _label(submission: Submission) -> str:
    repository = submission.repository
    return of_work(repository.assignment, repository.student, submission.short_commit)
