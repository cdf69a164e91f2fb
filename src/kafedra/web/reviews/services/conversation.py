"""Writes of the conversation about a submission: a student asks, the staff answers."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.reviews import news, verbs
from kafedra.web.reviews.models import Message
from kafedra.web.reviews.recording import record
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Submission


@transaction.atomic
def say(*, submission: Submission, author: User, by_staff: bool, text: str, comment: UUID | None = None) -> Message:
    """Add a message about one comment, or about the review as a whole. The same words sent twice at once are one.

    A student's message puts the work into the queue until the staff answers it there, or closes it.
    """
    Submission.objects.select_for_update().get(pk=submission.pk)
    last = Message.objects.filter(submission=submission).last()
    if last is not None and (last.author_id, last.comment, last.text) == (author.pk, comment, text):
        return last
    said = Message.objects.create(submission=submission, author=author, by_staff=by_staff, text=text, comment=comment)
    _record(said, submission)
    repository = submission.repository
    if by_staff:
        path = page_of(submission)
        tell(
            user=repository.student,
            run=repository.run,
            news=news.ANSWERED,
            path=path,
            assignment=repository.assignment,
        )
    return said


@transaction.atomic
def close(*, submission: Submission, by: User, comment: UUID | None = None) -> None:
    """Say that what the student wrote about one comment, or about the whole, needs no answer. Closed stays closed."""
    Submission.objects.select_for_update().get(pk=submission.pk)
    last = Message.objects.filter(submission=submission, comment=comment).last()
    if last is not None and not last.by_staff:
        said = Message.objects.create(submission=submission, author=by, by_staff=True, text="", comment=comment)
        _record(said, submission)


def _record(said: Message, submission: Submission) -> None:
    record(
        who=said.author,
        verb=verbs.MESSAGE_SENT,
        about=said,
        repository=submission.repository,
        to_student=True,
        after={"text": said.text},
    )
