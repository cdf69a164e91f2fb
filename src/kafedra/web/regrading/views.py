"""The instructors' pages of regrading: the list, and one regrade from its first trial to its undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.course import CourseError
from kafedra.web.executor.capacity import gpu_missing
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.people.students import students_of
from kafedra.web.regrading import selectors, services
from kafedra.web.regrading.access import access_regrade
from kafedra.web.regrading.forms import ApplyForm, BeginForm
from kafedra.web.regrading.models import Regrade, RegradeStage
from kafedra.web.runs import course


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def regrades(request: SignedInRequest, run: str) -> HttpResponse:
    """All regrades of the run, and the form for a new one; a POST begins it. Nobody's points move by that."""
    access = access_run_as_instructor(request.user, run)
    students = students_of(access.run)
    posted = request.POST if request.method == "POST" else None
    form = BeginForm(access.facts, students, posted, initial={"assignment": request.GET.get("assignment", "")})
    if posted is not None and form.is_valid():
        already = {row.pk for row in selectors.open_regrades(access.run, form.cleaned_data["assignment"])}
        try:
            begun = services.begin(
                run=access.run,
                assignment=form.cleaned_data["assignment"],
                by=request.user,
                students=form.people(),
                whole=form.cleaned_data["whole"],
            )
        except CourseError as error:
            form.add_error("assignment", str(error))
        else:
            if begun.pk in already:
                messages.info(request, _("This regrade is open already: nothing was started anew."))
            return redirect("regrading:regrade", run, begun.pk)
    context = {
        "access": access,
        "form": form,
        "regrades": [(row, _title(access, row)) for row in selectors.regrades_of(access.run)],
    }
    return render(request, "regrading/regrades.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def regrade(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """How far it is, then who gains and who loses and why. Htmx asks for the moving part only."""
    access, row = access_regrade(request.user, run, pk)
    return _page(request, access, row, ApplyForm(initial={"reason": row.reason}))


def _page(
    request: SignedInRequest, access: RunAccess, row: Regrade, form: ApplyForm, status: int = 200
) -> HttpResponse:
    grading = row.stage == RegradeStage.GRADING
    preview = None if grading or row.stage == RegradeStage.DISCARDED else selectors.preview(row)
    context: dict[str, Any] = {
        "access": access,
        "regrade": row,
        "title": _title(access, row),
        "advance": selectors.advance(row),
        "preview": preview,
        "unchanged": preview is not None and row.stage == RegradeStage.READY and preview.unchanged,
        "no_gpu": grading and gpu_missing(row.assignment),
        "form": form,
    }
    template = "regrading/_regrade.html" if request.htmx else "regrading/regrade.html"
    return render(request, template, context, status=status)


@signed_in
@require_POST
def apply(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Let the new reports count."""
    access, row = access_regrade(request.user, run, pk)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, access, row, form, 422)
    try:
        services.apply(regrade=row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Applied. The new verdicts count from now on."))
    except services.NotReady:
        _say_it_was_too_late(request)
    return redirect("regrading:regrade", run, pk)


@signed_in
@require_POST
def discard(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Leave everything as it is."""
    _access, row = access_regrade(request.user, run, pk)
    try:
        services.discard(regrade=row, by=request.user)
        messages.success(request, _("Discarded: everything stays as it was."))
    except services.NotReady:
        _say_it_was_too_late(request)
    return redirect("regrading:regrades", run)


@signed_in
@require_POST
def undo(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Let the earlier reports count again."""
    _access, row = access_regrade(request.user, run, pk)
    try:
        services.undo(regrade=row, by=request.user)
        messages.success(request, _("Undone: the verdicts from before the regrade count again."))
    except services.NotReady:
        _say_it_was_too_late(request)
    return redirect("regrading:regrade", run, pk)


def _say_it_was_too_late(request: SignedInRequest) -> None:
    messages.warning(request, _("Meanwhile this regrade is at another stage. Here is how it stands."))


def _title(access: RunAccess, row: Regrade) -> Any:
    try:
        return access.facts.work(row.assignment)[1].title
    except KeyError:  # the run has dropped it since
        found = course.current().assignments.get(row.assignment)
        return found.title if found else None
