"""Publication: what was a draft becomes what the student reads, and counts."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from kafedra.web.notices.services import tell
from kafedra.web.people.models import User
from kafedra.web.record.services import Value
from kafedra.web.reviews import news, verbs
from kafedra.web.reviews.models import Comment, Publication
from kafedra.web.reviews.recording import record
from kafedra.web.reviews.services import bank, claims
from kafedra.web.reviews.services.drafts import locked
from kafedra.web.submissions.addresses import page_of
from kafedra.web.submissions.models import Submission


class DraftMoved(Exception):
    """The draft was changed by somebody else since the page was opened: one would publish what one hasn't read."""

    def __init__(self, by: User | None) -> None:
        super().__init__(by.username if by else "")
        self.by = by


@transaction.atomic
def publish(*, submission: Submission, by: User, seen: int) -> Publication:
    """Show the draft to the student: a new version, which counts from now on.

    Comments without words are left out. Raises DraftMoved when the draft isn't the one of revision `seen`. Publishing
    what the student reads already makes no new version: a double click is one, and so is a change that was taken back.
    """
    review = locked(submission)
    newest = review.publications.first()
    if newest is not None and review.published_revision == review.revision:
        return newest
    if review.revision != seen:
        raise DraftMoved(review.changed_by)
    comments = [comment for comment in review.comments.filter(removed=False) if comment.text.strip()]
    document = {"comments": [_as_published(comment) for comment in comments]}
    review.published_revision = review.revision
    review.save(update_fields=["published_revision"])
    if newest is not None and newest.document == document:
        return newest
    publication = Publication.objects.create(
        review=review,
        number=newest.number + 1 if newest else 1,
        published_by=by,
        taken_off=sum((comment.taken_off for comment in comments), Decimal(0)),
        document=document,
    )
    claims.keep(repository=submission.repository, by=by)
    bank.grow(assignment=submission.repository.assignment, comments=comments, by=by)
    _announce(publication, submission, newest)
    return publication


def _announce(publication: Publication, submission: Submission, before: Publication | None) -> None:
    repository = submission.repository
    record(
        who=publication.published_by,
        verb=verbs.REVIEW_PUBLISHED,
        about=publication,
        repository=repository,
        to_student=True,
        before=_recorded(before) if before else None,
        after=_recorded(publication),
    )
    tell(
        user=repository.student, run=repository.run, news=news.PUBLISHED, path=page_of(submission),
        assignment=repository.assignment, submission=str(submission.pk),
    )  # fmt: skip


def _recorded(publication: Publication) -> dict[str, Value]:
    comments = len(publication.document["comments"])
    return {"version": publication.number, "taken_off": publication.taken_off, "comments": comments}


def _as_published(comment: Comment) -> dict[str, object]:
    return {
        "uid": str(comment.uid),
        "cell": comment.cell,
        "text": comment.text,
        "taken_off": format(comment.taken_off.normalize(), "f"),
    }
