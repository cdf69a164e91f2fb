"""Marks that a formula names and people enter: the exam, attendance. By the same services as on their page."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router

from kafedra.policy.scheme import Marked
from kafedra.web.api import selectors
from kafedra.web.api.bearer import Bearer, TokenRequest
from kafedra.web.api.paging import Cursor, Limit, after, linked, page_of
from kafedra.web.api.presenting import mark_out
from kafedra.web.api.problems import Unusable
from kafedra.web.api.schemas.marks import EnteredOut, MarksIn, MarksOut
from kafedra.web.api.scopes import Scope
from kafedra.web.marks.access import access_mark
from kafedra.web.marks.reading import NoMark, mark_from
from kafedra.web.marks.selectors import in_force
from kafedra.web.marks.services import enter_marks
from kafedra.web.marks.titles import title_of
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.standings.sources import SOURCES

router = Router(tags=["marks"])


@router.get(
    "/runs/{slug:run}/marks/{str:name}", response=MarksOut, url_name="marks", auth=Bearer(Scope.MARKS_READ),
    summary=gettext_noop("Everybody's mark of one name in the formula, for teachers"),
)  # fmt: skip
def marks(
    request: TokenRequest, response: HttpResponse, run: str, name: str, cursor: Cursor = "", limit: Limit = 100
) -> MarksOut:
    """Students by login, with or without a mark."""
    access, marked = access_mark(request.user, run, name)
    found = selectors.students_after(access.run, after(cursor, str), limit + 1)
    page = page_of(found, limit, lambda student: student.username)
    linked(request, response, page)
    there = in_force(access.run, name)
    return MarksOut(
        name=name, title=title_of(access.facts, name), unit=marked.unit, most=marked.most,
        items=[mark_out(student, there.get(student.pk)) for student in page.items], next=page.next,
    )  # fmt: skip


@router.patch(
    "/runs/{slug:run}/marks/{str:name}", response=EnteredOut, auth=Bearer(Scope.MARKS_WRITE),
    summary=gettext_noop("Enter marks, for teachers"),
)  # fmt: skip
def enter(request: TokenRequest, run: str, name: str, data: MarksIn) -> EnteredOut:
    """All of them or none. The same once more changes nothing. Students are told as if it were done on the page."""
    access, marked = access_mark(request.user, run, name)
    if SOURCES.taken(access.run, name):
        raise Unusable([{"field": "name", "message": _("This mark comes from elsewhere in this run.")}])
    given = _given(data, {one.username: one for one in students_of(access.run)}, marked)
    there = in_force(access.run, name)
    why = data.why.strip()
    if not why and any(one.pk in there and there[one.pk].value != value for one, value in given.items()):
        raise Unusable([{"field": "why", "message": _("Marks that are there are replaced only with a reason.")}])
    changed = enter_marks(run=access.run, name=name, marks=given, by=request.user, why=why)
    now = in_force(access.run, name)
    return EnteredOut(changed=changed, items=[mark_out(student, now.get(student.pk)) for student in given])


def _given(data: MarksIn, students: Mapping[str, User], marked: Marked) -> dict[User, Decimal | None]:
    """The marks by student. Raises Unusable with everything that is wrong."""
    given: dict[User, Decimal | None] = {}
    errors = []
    for login, value in data.marks.items():
        if login not in students:
            errors.append({"field": f"marks.{login}", "message": _("No student of the run has this login.")})
            continue
        try:
            given[students[login]] = None if value is None else mark_from(format(value, "f"), marked)
        except NoMark as error:
            errors.append({"field": f"marks.{login}", "message": str(error)})
    if errors:
        raise Unusable(errors)
    return given
