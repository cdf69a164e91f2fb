"""Grades: a student's own, and the instructor's table of all."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from kafedra.web.frame import spreadsheets
from kafedra.web.gradebook import choosing, prospects
from kafedra.web.gradebook.cells import Cells
from kafedra.web.gradebook.choosing import Choice
from kafedra.web.gradebook.explaining import explained
from kafedra.web.gradebook.export import file_name, table
from kafedra.web.gradebook.headings import headings
from kafedra.web.gradebook.overview import overview as overview_of
from kafedra.web.gradebook.table import Gradebook, gradebook_of
from kafedra.web.people import selectors as people
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.members.selectors import NO_GROUP
from kafedra.web.people.runs import RunAccess, access_run, access_run_as_staff
from kafedra.web.runs.terms.selectors import terms_wait
from kafedra.web.standings import selectors


@signed_in
@require_safe
def grades(request: SignedInRequest, run: str) -> HttpResponse:
    """My points, the formula with my numbers in it, how far the automat is, and what if. Htmx asks for the last."""
    access = access_run(request.user, run)
    mine = selectors.standing_for(request.user, access.run)
    form = prospects.ProspectsForm(mine, access.facts, request.GET)
    imagined = prospects.imagine(mine, access.facts, *form.wanted())
    context = {"access": access, "mine": mine, "scheme": mine.terms.scheme, "prospects": imagined}
    context |= {"form": form, "asked": form.asked(mine), "marks": form.marked(mine)}
    if request.htmx:
        return render(request, "gradebook/_prospects.html", context)
    context |= {"needed": prospects.needed_share(mine), "explained": explained(mine, access.facts)}
    return render(request, "gradebook/grades.html", context)


@signed_in
@require_safe
def gradebook(request: SignedInRequest, run: str) -> HttpResponse:
    """Students × assignments. Htmx asks for the table only, as the filter is typed; the address follows."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    cells, sorts = Cells(access.run.slug, book.has_groups), headings(book, choice)
    context = {
        "access": access,
        "choice": choice,
        "book": book,
        "sorts": sorts,
        "columns": [(column, sorts[column.work.slug]) for column in book.columns],
        "groups": _groups(book, choice),
        "rows": [cells.row(row) for row in book.rows],
        "scheme": book.scheme,
        "terms_wait": access.is_instructor and not request.htmx and terms_wait(access.run),
    }
    if request.htmx:
        return replace_url(render(request, "gradebook/_table.html", context), f"{request.path}{choice.query}")
    return render(request, "gradebook/gradebook.html", context)


def _chosen(request: SignedInRequest, access: RunAccess) -> tuple[Gradebook, Choice]:
    works = access.facts.works
    choice = choosing.chosen(request.GET, works)
    return gradebook_of(access.run, choice), choice


def _groups(book: Gradebook, choice: Choice) -> list[tuple[str, str]]:
    """What the selector of groups offers; a group that nobody is in any more stays there while it is chosen."""
    names = sorted({*book.groups, choice.group} - {"", NO_GROUP})
    without = [(NO_GROUP, _("without a group"))] if "" in book.groups else []
    return [("", _("all groups")), *((name, name) for name in names), *without]


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
    """What the gradebook shows under the same address, as CSV."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    return spreadsheets.download(file_name(run, choice, "csv"), spreadsheets.as_csv(table(book)))


@signed_in
@require_safe
def export_xlsx(request: SignedInRequest, run: str) -> HttpResponse:
    """The same as a spreadsheet whose points are numbers."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    return spreadsheets.download(file_name(run, choice, "xlsx"), spreadsheets.as_xlsx(_("Gradebook"), table(book)))
