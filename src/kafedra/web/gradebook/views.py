"""Grades: a student's own, and the instructor's table of all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.web.classroom import course
from kafedra.web.classroom.access import access_run, access_run_as_staff
from kafedra.web.classroom.adjustments.selectors import terms_changed
from kafedra.web.config import spreadsheets
from kafedra.web.gradebook import prospects, selectors
from kafedra.web.gradebook.cells import Cells
from kafedra.web.gradebook.export import table
from kafedra.web.gradebook.overview import overview as overview_of
from kafedra.web.people import selectors as people
from kafedra.web.people.access import SignedInRequest, signed_in


@signed_in
@require_safe
def grades(request: SignedInRequest, run: str) -> HttpResponse:
    """My points, the formula with my numbers in it, how far the automat is, and what if. Htmx asks for the last."""
    access = access_run(request.user, run)
    mine = selectors.standing_for(request.user, access.run)
    form = prospects.ProspectsForm(mine, request.GET)
    imagined = prospects.imagine(mine, *form.wanted())
    context = {"access": access, "mine": mine, "formula": course.current().formula, "prospects": imagined}
    context |= {"form": form, "asked": form.asked(mine)}
    if request.htmx:
        return render(request, "gradebook/_prospects.html", context)
    context["needed"] = prospects.needed_share(mine)
    return render(request, "gradebook/grades.html", context)


@signed_in
@require_safe
def gradebook(request: SignedInRequest, run: str) -> HttpResponse:
    """Students × assignments. Htmx asks for the table only, as the filter is typed."""
    access = access_run_as_staff(request.user, run)
    search = request.GET.get("q", "")[:100]
    book, cells = selectors.gradebook(access.run, search=search), Cells(access.run.slug)
    context = {
        "access": access,
        "search": search,
        "book": book,
        "rows": [cells.row(row) for row in book.rows],
        "formula": course.current().formula,
        "terms_changed": access.is_instructor and not request.htmx and terms_changed(access.run),
    }
    template = "gradebook/_table.html" if request.htmx else "gradebook/gradebook.html"
    return render(request, template, context)


@signed_in
@require_safe
def overview(request: SignedInRequest, run: str) -> HttpResponse:
    """What waits, who is stuck, what was not understood. The gradebook's page fetches it by htmx once it is there."""
    access = access_run_as_staff(request.user, run)
    context = {
        "access": access,
        "overview": overview_of(access.run, request.user),
        "joining": people.waiting_requests(access.run).count() if access.is_instructor else 0,
    }
    return render(request, "gradebook/_overview.html" if request.htmx else "gradebook/overview.html", context)


@signed_in
@require_safe
def export_csv(request: SignedInRequest, run: str) -> HttpResponse:
    """The gradebook as CSV."""
    access = access_run_as_staff(request.user, run)
    content = spreadsheets.as_csv(table(selectors.gradebook(access.run)))
    return spreadsheets.download(f"gradebook-{access.run.slug}.csv", content)


@signed_in
@require_safe
def export_xlsx(request: SignedInRequest, run: str) -> HttpResponse:
    """The gradebook as a spreadsheet whose points are numbers."""
    access = access_run_as_staff(request.user, run)
    content = spreadsheets.as_xlsx("gradebook", table(selectors.gradebook(access.run)))
    return spreadsheets.download(f"gradebook-{access.run.slug}.xlsx", content)
