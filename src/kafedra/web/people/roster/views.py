"""Import and export of the roster, and changing one member."""

from __future__ import annotations

from dataclasses import astuple

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web.classroom.access import RunAccess, access_run_as_instructor
from kafedra.web.config import spreadsheets
from kafedra.web.people import selectors
from kafedra.web.people import services as people
from kafedra.web.people.access import SignedInRequest, access_member, signed_in
from kafedra.web.people.forms import visible
from kafedra.web.people.models import Role
from kafedra.web.people.roster import services, writing
from kafedra.web.people.roster.planning import Step, counted, plan
from kafedra.web.people.roster.reading import Row, UnreadableRoster, read

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
    except UnreadableRoster as problem:
        return _form(request, access, problem=str(problem), status=422)
    if not rows:
        return _form(request, access, problem=_("Choose a file with at least one person."), status=422)
    planned = plan(access.run, rows)
    counts = counted(planned)
    context = {
        "access": access,
        "planned": planned,
        "counts": counts,
        "correct": len(planned) - counts[Step.ERROR],
        "useful": sum(counts[step] for step in (Step.INVITE, Step.JOIN, Step.MOVE)),
        "rows": signing.dumps([astuple(row) for row in rows], salt=SALT, compress=True),
    }
    return render(request, "people/roster_preview.html", context)


@signed_in
@require_POST
def apply(request: SignedInRequest, run: str) -> HttpResponse:
    """Do what was shown, as far as it still makes sense; rows with errors stay out."""
    access = access_run_as_instructor(request.user, run)
    try:
        rows = [Row(*values) for values in signing.loads(request.POST.get("rows", ""), salt=SALT)]
    except signing.BadSignature:
        return _form(request, access, problem=_("Please choose the file once more."), status=422)
    counts = services.import_roster(run=access.run, rows=rows, by=request.user)
    invited, others = counts[Step.INVITE], counts[Step.JOIN] + counts[Step.MOVE]
    told = [
        ngettext("%(n)d person is invited by letter.", "%(n)d people are invited by letter.", invited) % {"n": invited},
        ngettext("%(n)d account is brought up to date.", "%(n)d accounts are brought up to date.", others)
        % {"n": others},
    ]
    messages.success(request, " ".join(told))
    return redirect("people:people", run)


def _form(request: SignedInRequest, access: RunAccess, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "people/roster_import.html", {"access": access, "problem": problem}, status=status)


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


@signed_in
@require_POST
def change_member(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Another role or another group for one member. Nobody takes the role of instructor from themselves."""
    _access, membership = access_member(request.user, run, pk)
    role, group = request.POST.get("role", membership.role), request.POST.get("group", membership.group)
    if role not in Role.values or len(group) > 40:
        return redirect("people:people", run)
    if membership.user_id == request.user.pk and role != membership.role:
        messages.error(request, _("You can't change your own role: ask another instructor."))
        return redirect("people:people", run)
    try:
        group = visible(group)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("people:people", run)
    people.change_group(membership=membership, group=group, by=request.user)
    people.change_role(membership=membership, role=Role(role), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:people", run)
