"""What teachers read of everybody: the gradebook, one student's standing, the roster."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router

from kafedra.web.api import selectors
from kafedra.web.api.bearer import Bearer, TokenRequest
from kafedra.web.api.paging import Cursor, Limit, after, linked, page_of
from kafedra.web.api.presenting import member_out, row_out, standing_out
from kafedra.web.api.schemas.people import RosterOut
from kafedra.web.api.schemas.standings import GradebookOut, StandingOut
from kafedra.web.api.scopes import Scope
from kafedra.web.people.runs import access_run_as_instructor, access_run_as_staff
from kafedra.web.people.students import students_of
from kafedra.web.standings.selectors import standing_for

router = Router(tags=["staff"])


@router.get(
    "/runs/{slug:run}/gradebook", response=GradebookOut, url_name="gradebook", auth=Bearer(Scope.GRADEBOOK_READ),
    summary=gettext_noop("Everybody's points and grades, for teachers"),
)  # fmt: skip
def gradebook(
    request: TokenRequest, response: HttpResponse, run: str, cursor: Cursor = "", limit: Limit = 100
) -> GradebookOut:
    """Students by login, so that a page begins where the one before ended whoever has joined since."""
    access = access_run_as_staff(request.user, run)
    found = selectors.students_after(access.run, after(cursor, str), limit + 1)
    page = page_of(found, limit, lambda student: student.username)
    linked(request, response, page)
    rows = [row_out(row) for row in selectors.standings_of(access.run, page.items)]
    return GradebookOut(assignments={work.slug: work.points for work in access.facts.works}, items=rows, next=page.next)


@router.get(
    "/runs/{slug:run}/students/{str:login}/standing", response=StandingOut, url_name="student_standing",
    auth=Bearer(Scope.GRADEBOOK_READ), summary=gettext_noop("One student's standing, for teachers"),
)  # fmt: skip
def student_standing(request: TokenRequest, run: str, login: str) -> StandingOut:
    """What that student sees of their own."""
    access = access_run_as_staff(request.user, run)
    student = next((one for one in students_of(access.run) if one.username == login), None)
    if student is None:
        raise Http404
    return standing_out(standing_for(student, access.run))


@router.get(
    "/runs/{slug:run}/roster", response=RosterOut, url_name="roster", auth=Bearer(Scope.ROSTER_READ),
    summary=gettext_noop("Who belongs to the run, for instructors"),
)  # fmt: skip
def roster(
    request: TokenRequest, response: HttpResponse, run: str, cursor: Cursor = "", limit: Limit = 100
) -> RosterOut:
    """Members by login."""
    access = access_run_as_instructor(request.user, run)
    found = selectors.members_after(access.run, after(cursor, str), limit + 1)
    page = page_of(found, limit, lambda row: row.user.username)
    linked(request, response, page)
    return RosterOut(items=[member_out(row) for row in page.items], next=page.next)
