"""The record on pages: of a run, for its instructors; about oneself, for everybody."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.web.pages.record import selectors
from kafedra.web.pages.record.forms import SoughtForm
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_instructor


@signed_in
@require_safe
def of_run(request: SignedInRequest, run: str) -> HttpResponse:
    """Everything that was done in the run, filtered by words, person, object and date."""
    access = access_run_as_instructor(request.user, run)
    form = SoughtForm(request.GET)
    page = selectors.lines_of_run(access.run, form.sought(), before=_number(request.GET))
    context = {"access": access, "form": form, "page": page, "older": _older(request.GET, page.older)}
    return render(request, "record/run.html", context)


@signed_in
@require_safe
def about_me(request: SignedInRequest) -> HttpResponse:
    """What was done to my account, my work and my points, by me and by others."""
    points = request.GET.get("only") == "points"
    page = selectors.lines_about(request.user, before=_number(request.GET), points=points)
    context = {"page": page, "older": _older(request.GET, page.older), "points": points}
    return render(request, "record/mine.html", context)


def _number(query: QueryDict) -> int | None:
    text = query.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _older(query: QueryDict, before: int | None) -> str:
    """The query of the next page, with the same filter; empty on the last one."""
    if before is None:
        return ""
    following = query.copy()
    following["before"] = str(before)
    return following.urlencode()
