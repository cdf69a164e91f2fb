"""What everybody sees of exams: which there are, one's own choice, one's own marks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web import clock
from kafedra.web.exams import selectors
from kafedra.web.exams.access import access_appeal, access_exam, access_result
from kafedra.web.exams.forms import CreateForm
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Choice, Exam, Paper
from kafedra.web.exams.rules import most_of, title_of
from kafedra.web.exams.scale import scale_of
from kafedra.web.exams.scanning import selectors as scans
from kafedra.web.exams.scanning.pages import page_of
from kafedra.web.exams.services import appeals, seating
from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.runs import course
from kafedra.web.runs.addresses import inbox_of
from kafedra.web.standings.personal import PersonalStanding
from kafedra.web.standings.selectors import standing_for


@signed_in
@require_http_methods(["GET", "HEAD"])
def exams(request: SignedInRequest, run: str) -> HttpResponse:
    """The exams of the run."""
    return exams_page(request, access_run(request.user, run))


def exams_page(
    request: SignedInRequest, access: RunAccess, form: CreateForm | None = None, status: int = 200
) -> HttpResponse:
    """The list, with a form for a new one where the run's file has a rule that no exam follows yet."""
    rows = list(Exam.objects.filter(run=access.run).select_related("run"))
    own = not access.is_staff and bool(rows)
    mine = standing_for(access.user, access.run) if own else None
    papers = {one.exam_id: one for one in Paper.objects.filter(exam__in=rows, student=access.user)} if own else {}
    choices = {one.exam_id: one for one in Choice.objects.filter(exam__in=rows, student=access.user)} if own else {}
    shown = [_shown(exam, papers.get(exam.pk), choices.get(exam.pk), mine) for exam in rows]
    context = {
        "access": access,
        "exams": shown,
        "form": form or create_form(access),
        "mine": mine,
        "tickets": course.current().tickets if access.is_staff else {},
    }
    return render(request, "exams/exams.html", context, status=status)


def create_form(access: RunAccess, data: Any = None) -> CreateForm | None:
    """For marks that the run's file has a rule for and that have no exam yet; None if there are none."""
    have = set(Exam.objects.filter(run=access.run).values_list("mark", flat=True))
    left = [(one.mark, title_of(access.run, one.mark)) for one in access.facts.exams if one.mark not in have]
    return CreateForm(left, data) if left and access.is_instructor else None


def _shown(exam: Exam, paper: Paper | None, choice: Choice | None, mine: PersonalStanding | None) -> dict[str, object]:
    return {
        "exam": exam,
        "title": title_of(exam.run, exam.mark),
        "paper": paper,
        "choice": choice,
        "open": exam.choose_until is not None and clock.now() <= exam.choose_until and exam.published_at is None,
        "needed": _needed(exam, mine) if mine else None,
    }


def _needed(exam: Exam, mine: PersonalStanding) -> object:
    """From which mark on, in whole ones, the exam gives more than the automat; None if none does, or there is none."""
    automat = mine.standing.automat_total
    if automat is None:
        return None
    for whole in range(int(most_of(exam.run, exam.mark)) + 1):
        grade = mine.standing_with(mine.scores, {**mine.marks, exam.mark: Decimal(whole)})
        if grade.computed is not None and grade.computed > automat:
            return whole
    return None


@signed_in
@require_POST
def choose(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Exam or automat, by a student."""
    access, exam = access_exam(request.user, run, pk)
    if access.is_staff:
        raise PermissionDenied
    try:
        sits = request.POST.get("sits") != "no"
        if not sits and not standing_for(request.user, access.run).standing.automat:
            raise Refused(_("You have no automat to take."))
        seating.choose(exam=exam, student=request.user, sits=sits)
        messages.success(request, _("Noted: you sit the exam.") if sits else _("Noted: you take the automat."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("exams:exams", run)


@signed_in
@require_http_methods(["GET", "HEAD"])
def result(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """One's own paper: what was asked, what it earned and why, a model answer."""
    access, paper = access_result(request.user, run, pk)
    answered = selectors.result(paper)
    points = sum((one.points for one in answered), Decimal(0))
    scale = scale_of(paper.exam)
    (sheets,) = scans.sheets(paper.exam, [paper])
    pages = {page_of(place) for place in range(len(answered))}
    context = {
        "access": access, "exam": paper.exam, "title": title_of(access.run, paper.exam.mark), "paper": paper,
        "answered": [(one, [scan for scan in sheets.pages if scan.page == page_of(place)])
                     for place, one in enumerate(answered)],
        "others": [scan for scan in sheets.pages if scan.page not in pages], "points": points, "scale": scale,
        "mark": scale.mark(points),
    }  # fmt: skip
    return render(request, "exams/result.html", context)


class AppealForm(forms.Form):
    """About which part, both numbers from 0, and what is wrong with its mark."""

    place = forms.IntegerField(min_value=0)
    part = forms.IntegerField(min_value=0)
    message = forms.CharField(max_length=2000)


class AnswerForm(forms.Form):
    """What the student is told."""

    answer = forms.CharField(max_length=2000)


@signed_in
@require_POST
def appeal(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Ask to look at one part of one's own paper again."""
    _access, paper = access_result(request.user, run, pk)
    form, asked = AppealForm(request.POST), paper.exam.questions.variant(paper.variant)
    data = form.cleaned_data if form.is_valid() else {}
    if not data or data["place"] >= len(asked) or data["part"] >= len(asked[data["place"]].parts):
        messages.error(request, _("Say in a few words what seems wrong to you."))
    elif why := throttle.message_refused(request.user):
        messages.error(request, why)
    else:
        appeals.appeal(paper=paper, place=data["place"], part=data["part"], message=data["message"])
        messages.success(request, _("Asked. The answer will be here, and among your news."))
    return redirect("exams:result", run, pk)


@signed_in
@require_POST
def answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Answer a student's request, from the inbox."""
    access, asked = access_appeal(request.user, run, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("An empty answer says nothing."))
    elif appeals.answer(request=asked, text=form.cleaned_data["answer"], by=request.user):
        messages.success(request, _("Answered; the student is told."))
    else:
        messages.warning(request, _("A colleague has answered already."))
    return redirect(inbox_of(access.run))
