"""Import and export of the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web.frame import spreadsheets
from kafedra.web.frame.tables import UnreadableTable
from kafedra.web.people import selectors
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.roster import services, writing
from kafedra.web.people.roster.known import not_in_the_list
from kafedra.web.people.roster.planning import Step, counted, plan
from kafedra.web.people.roster.reading import RosterRow, read
from kafedra.web.people.runs import RunAccess, access_run_as_instructor

SALT = "kafedra.people.roster"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, run: str) -> HttpResponse:
    """A file, and then what importing it would do. Nothing is written here."""
    access = access_run_as_instructor(request.user, run)
    if request.method != "POST":
        return _form(request, access)
    file = request.FILES.get("file")
    try:
        rows = read(file.read()) if file else []
    except UnreadableTable as problem:
        return _form(request, access, problem=str(problem), status=422)
    if not rows:
        return _form(request, access, problem=_("Choose a file with at least one person."), status=422)
    planned = plan(access.run, rows)
    counts = counted(planned)
    context = {
        "access": access,
        "planned": sorted(
            planned, key=lambda one: (one.step is not Step.ERROR, not one.remarks)
        ),  # what to look at first
        "counts": counts,
        "remarks": sum(bool(one.remarks) for one in planned),
        "absent": not_in_the_list(access.run, rows),
        "useful": sum(counts[step] for step in Step if step not in (Step.NOTHING, Step.ERROR)),
        "rows": signing.dumps([astuple(row) for row in rows], salt=SALT, compress=True),
    }
    return render(request, "people/roster_preview.html", context)


@signed_in
@require_POST
def apply(request: SignedInRequest, run: str) -> HttpResponse:
    """Do what was shown, as far as it still makes sense; rows with errors stay out."""
    access = access_run_as_instructor(request.user, run)
    rows = _seen(request)
    if rows is None:
        return _once_more(request, access)
    done = _done(services.import_roster(run=access.run, rows=rows, by=request.user))
    if done:
        messages.success(request, " ".join(done))
    else:
        messages.info(request, _("Nothing has changed."))
    return redirect("people:people", run)


def _seen(request: SignedInRequest) -> list[RosterRow] | None:
    """The rows that were shown; None if they were forged or come from an older server."""
    try:
        return [RosterRow(*values) for values in signing.loads(request.POST.get("rows", ""), salt=SALT)]
    except signing.BadSignature:
        return None


def _done(counts: Mapping[str, int]) -> Sequence[str]:
    """What an import has done, in sentences; what it has not done is not told of."""
    invited, corrected = counts[Step.INVITE], counts[Step.CORRECT]
    joined, moved = counts[Step.JOIN], counts[Step.MOVE]
    told = (
        (invited, ngettext("%(n)d person is invited by letter.", "%(n)d people are invited by letter.", invited)),
        (joined, ngettext("%(n)d account has joined.", "%(n)d accounts have joined.", joined)),
        (moved, ngettext("%(n)d person is in another group.", "%(n)d people are in other groups.", moved)),
        (corrected, ngettext("%(n)d invitation is corrected.", "%(n)d invitations are corrected.", corrected)),
    )
    return [text % {"n": number} for number, text in told if number]


def _once_more(request: SignedInRequest, access: RunAccess) -> HttpResponse:
    return _form(request, access, problem=_("Please choose the file once more."), status=422)


def _form(request: SignedInRequest, access: RunAccess, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "people/roster_import.html", {"access": access, "problem": problem}, status=status)


@signed_in
@require_POST
def errors(request: SignedInRequest, run: str) -> HttpResponse:
    """The rows that stay out, as a file: to be corrected and imported by themselves."""
    access = access_run_as_instructor(request.user, run)
    rows = _seen(request)
    if rows is None:
        return _once_more(request, access)
    content = spreadsheets.as_csv(writing.errors(plan(access.run, rows)))
    return spreadsheets.download(f"errors-{access.run.slug}.csv", content)


@signed_in
@require_safe
def export_csv(request: SignedInRequest, run: str) -> HttpResponse:
    """The roster as CSV."""
    access = access_run_as_instructor(request.user, run)
    content = spreadsheets.as_csv(writing.table(selectors.roster(access.run)))
    return spreadsheets.download(f"roster-{access.run.slug}.csv", content)


@signed_in
@require_safe
def export_xlsx(request: SignedInRequest, run: str) -> HttpResponse:
    """The roster as a spreadsheet."""
    access = access_run_as_instructor(request.user, run)
    content = spreadsheets.as_xlsx("roster", writing.table(selectors.roster(access.run)))
    return spreadsheets.download(f"roster-{access.run.slug}.xlsx", content)
