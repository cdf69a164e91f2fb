"""Grades: a student's own, and the instructor's table of all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.web.classroom import course
from kafedra.web.classroom.access import access_run, access_run_as_staff
from kafedra.web.gradebook import selectors
from kafedra.web.gradebook.export import as_csv
from kafedra.web.people.access import SignedInRequest, signed_in


@signed_in
@require_safe
def grades(request: SignedInRequest, run: str) -> HttpResponse:
    """My points, the formula with my numbers in it, and how far the automat is."""
    access = access_run(request.user, run)
    context = {
        "access": access,
        "mine": selectors.standing_for(request.user, access.run),
        "formula": course.current().formula,
    }
    return render(request, "gradebook/grades.html", context)


@signed_in
@require_safe
def gradebook(request: SignedInRequest, run: str) -> HttpResponse:
    """Students × assignments. Htmx asks for the table only, as the filter is typed."""
    access = access_run_as_staff(request.user, run)
    search = request.GET.get("q", "")[:100]
    context = {
        "access": access,
        "search": search,
        "book": selectors.gradebook(access.run, search=search),
        "formula": course.current().formula,
    }
    template = "gradebook/_table.html" if request.htmx else "gradebook/gradebook.html"
    return render(request, template, context)


@signed_in
@require_safe
def export(request: SignedInRequest, run: str) -> HttpResponse:
    """The gradebook as CSV."""
    access = access_run_as_staff(request.user, run)
    response = HttpResponse(as_csv(selectors.gradebook(access.run)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="gradebook-{access.run.slug}.csv"'
    return response
