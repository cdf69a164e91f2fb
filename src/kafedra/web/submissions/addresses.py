"""Pages of a submission that rooms below those pages lead to or name in letters. Their names stand here alone."""

from __future__ import annotations

from django.urls import reverse

from kafedra.web.submissions.models import Submission


def page_of(submission: Submission) -> str:
    """Its report. Needs `repository.run`."""
    return reverse("classroom:submission", args=[submission.repository.run.slug, submission.pk])


def desk_of(submission: Submission) -> str:
    """The reviewer's desk on which it lies, for staff. Needs `repository.run`."""
    return reverse("reviews:desk", args=[submission.repository.run.slug, submission.pk])


def picture_in(run: str, submission: int, name: str) -> str:
    """A picture of its notebook."""
    return reverse("reviews:picture", args=[run, submission, name])
