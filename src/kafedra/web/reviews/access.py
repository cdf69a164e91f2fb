"""Who may see and do what with reviews: one function per protected object."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kafedra.course import AssignedWork
from kafedra.web.people.models import Membership, Role, User
from kafedra.web.people.runs import RunAccess, access_run, access_run_as_staff, access_work
from kafedra.web.reviews.models import BankEntry, Comment, Message, Publication
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.models import Submission


@dataclass(frozen=True)
class ReviewAccess:
    """A submission as a reviewer may work on it."""

    run: RunAccess
    work: AssignedWork
    submission: Submission

    @property
    def student(self) -> User:
        """Whose work it is."""
        return self.submission.repository.student


def access_review(user: User, run: str, pk: int) -> ReviewAccess:
    """The review of a submission, for the staff of its run; PermissionDenied for students, Http404 for others.

    Nobody reviews themselves: staff who solve assignments to try them get Http404 for their own.
    """
    access = access_run_as_staff(user, run)
    submission = access_submission(user, pk)
    if submission.repository.run_id != access.run.pk or submission.repository.student_id == user.pk:
        raise Http404
    return ReviewAccess(access, access_work(user, run, submission.repository.assignment)[2], submission)


def access_published(user: User, run: str, pk: int) -> tuple[RunAccess, Submission]:
    """What is published about a submission, and its notebook: for its author and the staff of its run."""
    access = access_run(user, run)
    submission = access_submission(user, pk)
    if submission.repository.run_id != access.run.pk:
        raise Http404
    return access, submission


def access_bank(user: User, run: str, slug: str) -> tuple[RunAccess, AssignedWork]:
    """The comment bank of an assignment, for the staff of a run that has the assignment."""
    access = access_run_as_staff(user, run)
    return access, access_work(user, run, slug)[2]


def access_bank_entry(user: User, run: str, pk: int) -> tuple[RunAccess, BankEntry]:
    """An entry that reviewers added, for the staff of a run that has its assignment."""
    access = access_run_as_staff(user, run)
    entry = BankEntry.objects.filter(pk=pk, hidden=False).first()
    if entry is None:
        raise Http404
    access_work(user, run, entry.assignment)
    return access, entry


def access_reviewer(access: RunAccess, login: str) -> User:
    """Somebody to whom work may be given: oneself, or, for instructors, any of the run's staff."""
    if login == access.user.username:
        return access.user
    if not access.is_instructor:
        raise PermissionDenied
    if not login.isprintable():  # PostgreSQL can't even look for it
        raise Http404
    members = Membership.objects.filter(run=access.run, user__username=login, user__is_active=True)
    found = members.exclude(role=Role.STUDENT).select_related("user").first()
    if found is None:
        raise Http404
    return found.user


def is_comment_of(submission: Submission, uid: UUID) -> bool:
    """Whether the submission has such a comment: in the draft, published at some time, or spoken of."""
    if Comment.objects.filter(review__submission=submission, uid=uid).exists():
        return True
    if Message.objects.filter(submission=submission, comment=uid).exists():
        return True
    versions = Publication.objects.filter(review__submission=submission).values_list("document", flat=True)
    return any(one["uid"] == str(uid) for document in versions for one in document["comments"])
