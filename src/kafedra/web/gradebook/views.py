"""Grades: a student's own, and the instructor's table of all."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from kafedra.web.frame import spreadsheets
from kafedra.web.gradebook import choosing, distribution, elsewhere, prospects
from kafedra.web.gradebook.cells import Cells
from kafedra.web.gradebook.choosing import Choice
from kafedra.web.gradebook.evidence import told_marks
from kafedra.web.gradebook.explaining import explained
from kafedra.web.gradebook.export import file_name, table
from kafedra.web.gradebook.headings import headings
from kafedra.web.gradebook.overview import overview as overview_of
from kafedra.web.gradebook.pictures import in_words, picture
from kafedra.web.gradebook.table import Gradebook, gradebook_of
from kafedra.web.marks.selectors import of_student
from kafedra.web.marks.titles import title_of
from kafedra.web.people import selectors as people
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.members.selectors import NO_GROUP
from kafedra.web.people.runs import RunAccess, access_run, access_run_as_staff
from kafedra.web.people.students import students_of
from kafedra.web.recordbook.selectors import frozen_in, frozen_of, history_of
from kafedra.web.runs import terms
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
    context["frozen"] = frozen_of(access.run, request.user)
    return render(request, "gradebook/grades.html", context)


@signed_in
@require_safe
def gradebook(request: SignedInRequest, run: str) -> HttpResponse:
    """Students × assignments. Htmx asks for the table only, as the filter is typed; the address follows."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    names, frozen = tuple(one.name for one in book.scheme.formula.marks), frozen_in(access.run)
    cells = Cells(access.run.slug, book.has_groups, names, book.scheme.asks_blitzes, frozen)
    sorts = headings(book, choice)
    context = {
        "access": access,
        "choice": choice,
        "book": book,
        "sorts": sorts,
        "marks": [(title_of(access.facts, one.name), one, sorts[one.name]) for one in book.scheme.formula.marks],
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
    marks = (one.name for one in terms.in_force(access.run.slug).formula.marks)
    choice = choosing.chosen(request.GET, works, marks)
    return gradebook_of(access.run, choice), choice


def _groups(book: Gradebook, choice: Choice) -> list[tuple[str, str]]:
    """What the selector of groups offers; a group that nobody is in any more stays there while it is chosen."""
    names = sorted({*book.groups, choice.group} - {"", NO_GROUP})
    without = [(NO_GROUP, _("without a group"))] if "" in book.groups else []
    return [("", _("all groups")), *((name, name) for name in names), *without]


@signed_in
@require_safe
def student(request: SignedInRequest, run: str, login: str) -> HttpResponse:
    """Where every number of one student in the gradebook comes from."""
    access = access_run_as_staff(request.user, run)
    person = next((one for one in students_of(access.run) if one.username == login), None)
    if person is None:
        raise Http404
    personal = selectors.standing_for(person, access.run)
    context = {
        "access": access,
        "person": person,
        "mine": personal,
        "explained": explained(personal, access.facts),
        "evidence": told_marks(personal, access.facts, of_student(access.run, person.pk)),
        "frozen": frozen_of(access.run, person),
        "history": history_of(access.run, person),
    }
    return render(request, "gradebook/student.html", context)


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
    return spreadsheets.download(file_name(run, choice, "csv"), spreadsheets.as_csv(table(book, frozen_in(access.run))))


@signed_in
@require_safe
def export_xlsx(request: SignedInRequest, run: str) -> HttpResponse:
    """The same as a spreadsheet whose points are numbers."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    content = spreadsheets.as_xlsx(_("Gradebook"), table(book, frozen_in(access.run)))
    return spreadsheets.download(file_name(run, choice, "xlsx"), content)


@signed_in
@require_safe
def export_moodle(request: SignedInRequest, run: str) -> HttpResponse:
    """The same students as a CSV that Moodle imports."""
    access = access_run_as_staff(request.user, run)
    book, _choice = _chosen(request, access)
    name = f"gradebook-{access.run.slug}-moodle.csv"
    return spreadsheets.download(name, spreadsheets.for_exchange(elsewhere.for_moodle(book)))


@signed_in
@require_safe
def export_canvas(request: SignedInRequest, run: str) -> HttpResponse:
    """The same students as a CSV that Canvas imports."""
    access = access_run_as_staff(request.user, run)
    book, _choice = _chosen(request, access)
    name = f"gradebook-{access.run.slug}-canvas.csv"
    return spreadsheets.download(name, spreadsheets.for_exchange(elsewhere.for_canvas(book)))


@signed_in
@require_safe
def pictures(request: SignedInRequest, run: str) -> HttpResponse:
    """How points and grades are distributed, over the students that are chosen."""
    access = access_run_as_staff(request.user, run)
    book, choice = _chosen(request, access)
    shown = [distribution.of_homework(book), distribution.of_totals(book)] if book.rows else []
    context = {"access": access, "book": book, "choice": choice, "groups": _groups(book, choice)}
    context["shown"] = [(one, picture(one), in_words(one)) for one in shown]
    context["works"] = [(one, picture(one), in_words(one)) for one in distribution.of_works(book) if book.rows]
    return render(request, "gradebook/pictures.html", context)
