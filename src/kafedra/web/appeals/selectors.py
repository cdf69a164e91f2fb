"""Requests to look at a test again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from kafedra.web.appeals.models import Appeal
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Report, Submission


def by_test(submission: Submission) -> dict[str, Appeal]:
    """The requests about one submission, by test."""
    return {one.test: one for one in submission.appeals.select_related("answered_by")}


def requests_of(run: Run) -> QuerySet[Appeal]:
    """All requests of the run: open ones first, the oldest of them first; then the answered ones, newest first."""
    rows = Appeal.objects.filter(submission__repository__run=run)
    people = ("submission__repository__student", "submission__repository__run", "answered_by")
    return rows.select_related(*people).order_by("-answered_at", "asked_at")


def titles(requests: Sequence[Appeal]) -> dict[int, str]:
    """What the tests that are asked about are called, by request; their ids where the report is silent. One query."""
    newest = Report.objects.of(one.submission_id for one in requests).newest_values("document")
    called = {(pk, test["id"]): test.get("title", "") for pk, (report,) in newest.items() for test in report["tests"]}
    return {one.pk: called.get((one.submission_id, one.test)) or one.test for one in requests}
