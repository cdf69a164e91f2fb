"""Setting an exam: drawing it, changing questions by hand, handing papers out, printing."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.exam.bank import bank_of
from kafedra.exam.drafting import DraftError
from kafedra.exam.prose import CannotPrint
from kafedra.exam.sheets import Printed
from kafedra.web.exams import selectors
from kafedra.web.exams.access import access_exam_as_instructor, access_exam_as_staff
from kafedra.web.exams.forms import HeldForm, ReplaceForm, SeedForm
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Exam
from kafedra.web.exams.printing import printed
from kafedra.web.exams.rules import title_of
from kafedra.web.exams.scale import scale_of
from kafedra.web.exams.second import selectors as second
from kafedra.web.exams.services import seating, setting
from kafedra.web.exams.views.students import create_form, exams_page
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.runs import course

PRINTS = ("papers", "key", "seats")


@signed_in
@require_POST
def create(request: SignedInRequest, run: str) -> HttpResponse:
    """Draw a paper by the run's rule."""
    access = access_run_as_instructor(request.user, run)
    form = create_form(access, request.POST)
    if form is None or not form.is_valid():
        return exams_page(request, access, form, 422)
    data = form.cleaned_data
    try:
        made = setting.draw_up(run=access.run, mark=data["mark"], seed=data["seed"], held=form.held(), by=request.user)
    except (DraftError, Refused) as error:
        form.add_error(None, str(error))
        return exams_page(request, access, form, 422)
    messages.success(request, _("The paper is drawn. Look at it, change what you like, then print it."))
    return redirect("exams:exam", run, made.pk)


@signed_in
@require_http_methods(["GET", "HEAD"])
def exam(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Everything about one exam, for staff."""
    access, found = access_exam_as_staff(request.user, run, pk)
    return _page(request, access, found)


def _page(request: SignedInRequest, access: RunAccess, exam: Exam, status: int = 200, **more: Any) -> HttpResponse:
    asked, bank = exam.questions, bank_of(course.current())
    changes = access.is_instructor and not selectors.begun(exam)
    rows = [
        [(one, asked.alternatives(place, variant, bank) if changes else ()) for variant, one in enumerate(row)]
        for place, row in enumerate(asked.rows)
    ]
    papers, groups = selectors.papers_of(exam), selectors.groups(exam)
    waiting, automats = selectors.without_paper(exam)
    context = {
        "access": access, "exam": exam, "title": title_of(access.run, exam.mark), "asked": asked,
        "rows": rows, "changes": changes, "progress": selectors.progress(exam), "waiting": len(waiting),
        "papers": [(one, groups.get(one.student_id, "")) for one in papers], "automats": automats,
        "held": HeldForm(initial={"at": exam.at, "place": exam.place, "choose_until": exam.choose_until}),
        "markers": selectors.markers(exam), "second": second.progress(exam),
        "scale": scale_of(exam, asked.points), **more,
    }  # fmt: skip
    return render(request, "exams/exam.html", context, status=status)


@signed_in
@require_POST
def change(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Another day, another place."""
    access, found = access_exam_as_instructor(request.user, run, pk)
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _page(request, access, found, 422, held=form)
    setting.change(exam=found, held=form.held(), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("exams:exam", run, pk)


@signed_in
@require_POST
def redraw(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Another paper by another seed."""
    access, found = access_exam_as_instructor(request.user, run, pk)
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A seed is a whole number."))
        return _page(request, access, found, 422)
    try:
        setting.redraw(exam=found, seed=form.cleaned_data["seed"], by=request.user)
    except (DraftError, Refused) as error:
        messages.error(request, str(error))
        return _page(request, access, found, 422)
    return redirect("exams:exam", run, pk)


@signed_in
@require_POST
def replace(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Another question in one place of one variant."""
    access, found = access_exam_as_instructor(request.user, run, pk)
    form, rows = ReplaceForm(request.POST), found.questions.rows
    data = form.cleaned_data if form.is_valid() else {}
    question = bank_of(course.current()).get(data.get("slug", ""))
    if question is None or data["place"] >= len(rows) or data["variant"] >= len(rows[data["place"]]):
        messages.error(request, _("The bank has no such question."))
        return _page(request, access, found, 422)
    try:
        setting.replace_question(
            exam=found, place=data["place"], variant=data["variant"], question=question, by=request.user
        )
    except (DraftError, Refused) as error:
        messages.error(request, str(error))
        return _page(request, access, found, 422)
    return redirect("exams:exam", run, pk)


@signed_in
@require_POST
def papers(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Hand papers out, and say who sits where."""
    _access, found = access_exam_as_instructor(request.user, run, pk)
    prefix = "seat-"
    seats = {
        int(name.removeprefix(prefix)): value.strip()[:40]
        for name, value in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal() and isinstance(value, str)
    }
    made = seating.seat(exam=found, by=request.user, seats=seats)
    told = ngettext("%(n)d new paper.", "%(n)d new papers.", made) % {"n": made}
    messages.success(request, told if made else _("Saved."))
    return redirect("exams:exam", run, pk)


@signed_in
@require_http_methods(["GET", "HEAD"])
def pdf(request: SignedInRequest, run: str, pk: int, what: str) -> HttpResponse:
    """Sheets, the key, or the seating list."""
    access, found = access_exam_as_staff(request.user, run, pk)
    if what not in PRINTS:
        raise Http404
    try:
        data = printed(found, cast("Printed", what))
    except CannotPrint as error:
        messages.error(request, str(error))
        return _page(request, access, found, 422)
    headers = {"Content-Disposition": f'inline; filename="{found.run.slug}-{found.mark}-{what}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
