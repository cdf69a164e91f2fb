"""Submissions and reports: one's own, or as a teacher everybody's."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router

from kafedra.web.api import selectors
from kafedra.web.api.bearer import Bearer, TokenRequest, need
from kafedra.web.api.paging import Cursor, Limit, after, linked, page_of
from kafedra.web.api.presenting import report_out, submission_out
from kafedra.web.api.schemas.submissions import ReportOut, SubmissionOut, SubmissionsOut
from kafedra.web.api.scopes import Scope
from kafedra.web.people.runs import access_run
from kafedra.web.submissions.access import access_submission
from kafedra.web.submissions.models import Submission
from kafedra.web.submissions.selectors import newest_report

router = Router(tags=["submissions"])
either = Bearer(Scope.OWN_READ, Scope.SUBMISSIONS_READ)
NAME = "^[a-z0-9-]*$"  # of people and of assignments alike
Login = Annotated[str, Query(max_length=39, pattern=NAME, description=gettext_noop("login; for teachers"))]
Slug = Annotated[str, Query(max_length=60, pattern=NAME, description=gettext_noop("name of an assignment"))]
Where = Annotated[
    Literal["", "waiting", "running", "graded", "fault"], Query(description=gettext_noop("where it stands"))
]


@router.get(
    "/runs/{slug:run}/submissions", response=SubmissionsOut, url_name="submissions", auth=either,
    summary=gettext_noop("Submissions, the newest first: mine, or everybody's for teachers"),
)  # fmt: skip
def submissions(
    request: TokenRequest, response: HttpResponse, run: str, student: Login = "", assignment: Slug = "",
    state: Where = "", cursor: Cursor = "", limit: Limit = 100,
) -> SubmissionsOut:  # fmt: skip
    """A student gets their own, whatever is asked for."""
    access = access_run(request.user, run)
    need(request, Scope.SUBMISSIONS_READ if access.is_staff else Scope.OWN_READ)
    wanted = selectors.Wanted(student, assignment, state)
    rows = selectors.submissions_before(access, wanted, after(cursor, int), limit + 1)
    page = page_of(rows, limit, lambda row: row.pk)
    linked(request, response, page)
    items = [submission_out(one.submission, one.line, one.mark) for one in selectors.worth(access.run, page.items)]
    return SubmissionsOut(items=items, next=page.next)


@router.get(
    "/submissions/{int:pk}", response=SubmissionOut, url_name="submission", auth=either,
    summary=gettext_noop("One submission, and what it is worth"),
)  # fmt: skip
def submission(request: TokenRequest, pk: int) -> SubmissionOut:
    """Of one's own, or as a teacher of anybody's."""
    found = _access(request, pk)
    worth = selectors.worth(found.repository.run, [found])
    if not worth:  # to an assignment that the run no longer has
        raise Http404
    return submission_out(worth[0].submission, worth[0].line, worth[0].mark)


@router.get(
    "/submissions/{int:pk}/report", response=ReportOut, url_name="report", auth=either,
    summary=gettext_noop("The judge's report; 404 while there is none"),
)  # fmt: skip
def report(request: TokenRequest, pk: int) -> ReportOut:
    """The newest one."""
    found = _access(request, pk)
    row = newest_report(found)
    if row is None:
        raise Http404
    return report_out(found, row)


def _access(request: TokenRequest, pk: int) -> Submission:
    if pk >= 2**63:  # more than any database counts to
        raise Http404
    found = access_submission(request.user, pk)
    own = found.repository.student_id == request.user.pk
    need(request, Scope.OWN_READ if own else Scope.SUBMISSIONS_READ)
    return found
