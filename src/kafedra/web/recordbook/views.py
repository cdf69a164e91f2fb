"""The record sheets: read, printed, exported by staff; frozen and decided about by instructors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.frame import spreadsheets
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.members.selectors import NO_GROUP
from kafedra.web.people.models import Role
from kafedra.web.people.runs import RunAccess, access_run_as_instructor, access_run_as_staff
from kafedra.web.recordbook import export, selectors, services
from kafedra.web.recordbook.forms import DecisionForm
from kafedra.web.recordbook.selectors import Sheet, of_group
from kafedra.web.runs import terms


@signed_in
@require_safe
def sheets(request: SignedInRequest, run: str) -> HttpResponse:
    """The sheet of every group, or of one; what has changed since grades were frozen."""
    access = access_run_as_staff(request.user, run)
    return _page(request, access)


def _page(
    request: SignedInRequest, access: RunAccess, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    everything = selectors.sheets(access.run)
    moved = [row for one in everything for row in one.rows if row.moved]
    differing = [row for row in moved if row.differs]
    group = _group(request.GET)
    context = {
        "access": access,
        "sheets": of_group(everything, group),
        "groups": [(one.group, one.group or NO_GROUP) for one in everything] if len(everything) > 1 else [],
        "chosen": None if group is None else group or NO_GROUP,
        "formula": terms.in_force(access.run.slug).formula,
        "instructors": _instructors(access),
        "differing": differing,
        "same": len(moved) - len(differing),
        "form": form or DecisionForm(differing, initial={"students": [row.student.username for row in differing]}),
    }
    return render(request, "recordbook/sheets.html", context, status=status)


def _group(query: QueryDict) -> str | None:
    """The group that was asked for; empty: those without one, None: all."""
    asked = query.get("group", "").strip()
    return None if not asked else "" if asked == NO_GROUP else asked


def _instructors(access: RunAccess) -> Sequence[str]:
    rows = access.run.memberships.filter(role=Role.INSTRUCTOR).select_related("user")
    return sorted(row.user.display_name for row in rows)


@signed_in
@require_POST
def freeze(request: SignedInRequest, run: str) -> HttpResponse:
    """First what would be frozen, then, confirmed, the freezing."""
    access, group = access_run_as_instructor(request.user, run), _group(request.POST)
    if request.POST.get("confirm"):
        return _freeze(request, access, group)
    chosen = of_group(selectors.sheets(access.run), group)
    rows = [row for one in chosen for row in one.open]
    context = {
        "access": access,
        "rows": rows,
        "without_grade": [row for row in rows if row.record is None],
        "group": "" if group is None else group or NO_GROUP,
        "named": group or "",
        "shown": selectors.seen(rows),
    }
    return render(request, "recordbook/freeze.html", context)


def _freeze(request: SignedInRequest, access: RunAccess, group: str | None) -> HttpResponse:
    try:
        shown = request.POST.get("shown", "")
        number = services.freeze(run=access.run, group=group, shown=shown, by=request.user)
    except services.Moved:
        messages.error(request, _moved())
        return redirect("recordbook:sheets", access.run.slug)
    told = ngettext("%(n)d grade is frozen.", "%(n)d grades are frozen.", number) % {"n": number}
    messages.success(request, told)
    return redirect("recordbook:sheets", access.run.slug)


def _moved() -> str:
    return _("Something has changed since this page was shown. Nothing is written: look again.")


@signed_in
@require_POST
def decide(request: SignedInRequest, run: str) -> HttpResponse:
    """First what a decision would do to frozen grades, then, confirmed, the decision."""
    access = access_run_as_instructor(request.user, run)
    moved = [row for one in selectors.sheets(access.run) for row in one.rows if row.moved]
    form = DecisionForm(moved, request.POST)
    if not form.is_valid():
        return _page(request, access, form, status=422)
    rows = form.chosen()
    if not request.POST.get("confirm"):
        repeated: list[tuple[str, Any]] = [
            (name, value) for name in form.fields for value in request.POST.getlist(name)
        ]
        context = {"access": access, "rows": rows, "form": form, "repeated": repeated, "shown": selectors.seen(rows)}
        return render(request, "recordbook/decide.html", context)
    given = {"follow": form.follows, "reason": form.cleaned_data["reason"], "shown": request.POST.get("shown", "")}
    try:
        number = services.decide(run=access.run, students=form.people(), by=request.user, **given)
    except services.Moved:
        messages.error(request, _moved())
        return redirect("recordbook:sheets", run)
    told = ngettext("%(n)d grade is decided.", "%(n)d grades are decided.", number) % {"n": number}
    messages.success(request, told)
    return redirect("recordbook:sheets", run)


@signed_in
@require_safe
def export_csv(request: SignedInRequest, run: str) -> HttpResponse:
    """The sheets as CSV."""
    access = access_run_as_staff(request.user, run)
    return spreadsheets.download(f"record-book-{access.run.slug}.csv", spreadsheets.as_csv(_table(request, access)))


@signed_in
@require_safe
def export_xlsx(request: SignedInRequest, run: str) -> HttpResponse:
    """The sheets as a spreadsheet."""
    access = access_run_as_staff(request.user, run)
    content = spreadsheets.as_xlsx(_("Record sheet"), _table(request, access))
    return spreadsheets.download(f"record-book-{access.run.slug}.xlsx", content)


def _table(request: SignedInRequest, access: RunAccess) -> spreadsheets.Table:
    chosen: Sequence[Sheet] = of_group(selectors.sheets(access.run), _group(request.GET))
    return export.table(chosen, bool(terms.in_force(access.run.slug).formula.letters))
