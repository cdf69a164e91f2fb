"""Requests to look at a test again."""

from __future__ import annotations

from django.db.models import QuerySet

from kafedra.web.classroom.models import RegradeRequest, Run, Submission


def by_test(submission: Submission) -> dict[str, RegradeRequest]:
    """The requests about one submission, by test."""
    return {one.test: one for one in submission.regrades.select_related("answered_by")}


def requests_of(run: Run) -> QuerySet[RegradeRequest]:
    """All requests of the run: open ones first, the oldest of them first; then the answered ones, newest first."""
    rows = RegradeRequest.objects.filter(submission__repository__run=run)
    people = ("submission__repository__student", "submission__repository__run", "answered_by")
    return rows.select_related(*people).order_by("-answered_at", "asked_at")


def open_requests(run: Run) -> int:
    """How many wait for an answer."""
    return RegradeRequest.objects.filter(submission__repository__run=run, answered_at=None).count()
