"""What is known of reviews in a run: who has which work, what is published, drafted and asked. Six queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Q

from kafedra.web.appeals.models import Appeal
from kafedra.web.people.models import User
from kafedra.web.reviews.models import Claim, Comment, Message, Publication
from kafedra.web.reviews.threads import unanswered
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository


class Reason(StrEnum):
    """Why a work waits."""

    NEW = "new"  # nobody has reviewed any submission of it
    CHANGED = "changed"  # another submission counts than the one reviewed
    ASKED = "asked"  # the student has written since
    REQUESTED = "requested"  # the student asks to look at a test again
    AMENDED = "amended"  # a published review was changed, and the change isn't published: for who made the change
    DONE = "done"  # it doesn't wait: the reviewer published a review of it


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What a student asks: about which submission, since when, and whether about a test (`REQUESTED`)."""

    submission: int
    at: datetime
    reason: Reason


@dataclass(frozen=True)
class KnownReviews:
    """By repository; `repositories` are found by student and assignment.

    `published` and `drafted` (what no student has read yet) hold submissions.
    """

    repositories: Mapping[tuple[int, str], int]
    holders: Mapping[int, User]
    reviewed: Mapping[int, datetime]
    published: frozenset[int]
    asked: Mapping[int, OpenQuestion]
    drafted: frozenset[int]


def known_of(run: Run) -> KnownReviews:
    """Everything that decides why a work waits."""
    mine = {"submission__repository__run": run}
    publications = Publication.objects.filter(review__submission__repository__run=run).order_by("published_at", "pk")
    versions = list(publications.values_list("review__submission__repository", "review__submission", "published_at"))
    reviewed = {repository: at for repository, _submission, at in versions}
    messages = Message.objects.filter(**mine).order_by("at", "pk")
    requests = Appeal.objects.filter(**mine, answered_at=None).order_by("asked_at", "pk")
    drafts = Comment.objects.filter(review__submission__repository__run=run).filter(
        Q(review__published_revision=None, removed=False) | Q(review__published_revision__lt=F("review__revision"))
    )
    return KnownReviews(
        repositories={
            (student, slug): pk
            for pk, student, slug in Repository.objects.filter(run=run).values_list("pk", "student", "assignment")
        },
        holders={
            claim.repository_id: claim.holder
            for claim in Claim.objects.filter(repository__run=run).select_related("holder")
        },
        reviewed=reviewed,
        published=frozenset(submission for _, submission, _ in versions),
        asked=_earlier(
            _open(messages.values_list("submission__repository", "submission", "comment", "by_staff", "at")),
            requests.values_list("submission__repository", "submission", "asked_at"),
        ),
        drafted=frozenset(drafts.values_list("review__submission", flat=True)),
    )


def _open(messages: Iterable[tuple[int, int, UUID | None, bool, datetime]]) -> dict[int, OpenQuestion]:
    """The oldest open thread of each repository."""
    turns = (
        ((repository, submission, comment), by_staff, at) for repository, submission, comment, by_staff, at in messages
    )
    found: dict[int, OpenQuestion] = {}
    for (repository, submission, _comment), at in unanswered(turns).items():
        if repository not in found or at < found[repository].at:
            found[repository] = OpenQuestion(submission, at, Reason.ASKED)
    return found


def _earlier(asked: dict[int, OpenQuestion], requests: Iterable[tuple[int, int, datetime]]) -> dict[int, OpenQuestion]:
    """With the open requests about tests; of a request and a question about one work, what was asked first."""
    for repository, submission, at in requests:
        known = asked.get(repository)
        if known is None or at < known.at:
            asked[repository] = OpenQuestion(submission, at, Reason.REQUESTED)
    return asked
