"""Reads of reviews that belong to no single page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import F

from kafedra.web.people.models import Membership, Role, User
from kafedra.web.reviews.models import Claim, Publication, Review
from kafedra.web.reviews.queue import WaitingForReview
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository, Submission


def repository(pk: int) -> Repository:
    """One repository, with its run and its student."""
    return Repository.objects.select_related("run", "student").get(pk=pk)


def is_reviewed(submission: int) -> bool:
    """Whether a review of this submission was published."""
    return Publication.objects.filter(review__submission=submission).exists()


def holder(submission: Submission) -> User | None:
    """Who has the work that this submission belongs to."""
    claim = Claim.objects.select_related("holder").filter(repository=submission.repository_id).first()
    return claim.holder if claim else None


def up_to_date(submission: Submission) -> bool:
    """Whether the student reads the draft as it is: published, and not changed since."""
    return Review.objects.filter(submission=submission, published_revision=F("revision")).exists()


def reviewers(run: Run) -> list[tuple[User, bool]]:
    """The staff of the run and whether each is an assistant; assistants first: they share the work."""
    staff = Membership.objects.filter(run=run, user__is_active=True).exclude(role=Role.STUDENT)
    people = [(one.user, one.role == Role.ASSISTANT) for one in staff.select_related("user")]
    return sorted(people, key=lambda one: (not one[1], one[0].get_full_name(), one[0].username))


def load(run: Run, items: Sequence[WaitingForReview]) -> list[tuple[User, bool, int]]:
    """Each reviewer of the run, whether an assistant, and how many of the waiting works are with them."""
    held = Counter(item.holder.pk for item in items if item.holder is not None)
    return [(person, assists, held[person.pk]) for person, assists in reviewers(run)]
