"""Who may see repositories and submissions: one function for each."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from kafedra.web.people.models import User
from kafedra.web.people.runs import access_run
from kafedra.web.submissions.models import Repository, Submission


def access_repository(user: User | AnonymousUser, run: str, assignment: str, login: str, *, write: bool) -> Repository:
    """A student's repository. The owner reads and writes while a member of the run; its staff reads.

    Raises Http404 when there is nothing to see, PermissionDenied when it may be read but not written.
    """
    access = access_run(user, run)
    repository = (
        Repository.objects.select_related("run", "student")
        .filter(run=access.run, assignment=assignment, student__username=login)
        .first()
    )
    if repository is None or not (access.is_staff or repository.student_id == access.user.pk):
        raise Http404
    if write and repository.student_id != access.user.pk:
        raise PermissionDenied
    return repository


def access_submission(user: User | AnonymousUser, pk: int) -> Submission:
    """A submission, for its author and the staff of its run; Http404 for everybody else."""
    submission = Submission.objects.select_related("repository__run", "repository__student").filter(pk=pk).first()
    if submission is None:
        raise Http404
    access = access_run(user, submission.repository.run.slug)
    if not (access.is_staff or submission.repository.student_id == access.user.pk):
        raise Http404
    return submission
