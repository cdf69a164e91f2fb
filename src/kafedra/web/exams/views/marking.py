"""Marking: question by question over all papers, or paper by paper; a table; publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.exams import selectors
from kafedra.web.exams.access import access_exam_as_instructor, access_exam_as_staff
from kafedra.web.exams.forms import LARGEST_TABLE, given_in, table_of
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Exam, Paper
from kafedra.web.exams.rules import title_of
from kafedra.web.exams.scale import with_marks
from kafedra.web.exams.scanning import selectors as scans
from kafedra.web.exams.second import selectors as second
from kafedra.web.exams.services import marking as services
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess
from kafedra.web.people.students import students_of
from kafedra.web.runs import terms
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import facts

PAPERS_A_PAGE = 40  # as many as a form has room for, with a mark and a reason for each part


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def marking(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """`?question=1` of all papers, or `?paper=17`, all its questions. By question no names are seen."""
    access, exam = access_exam_as_staff(request.user, run, pk)
    papers, places = _chosen(exam, request.GET)
    shown = second.as_seen(exam, selectors.cells(exam, papers, places), request.user, decides=access.is_instructor)
    if request.method != "POST":
        return _page(request, access, exam, papers, places, shown, {})
    given, wrong = given_in(request.POST.dict(), shown)
    try:
        count, left = services.mark(
            exam=exam,
            given=given,
            by=request.user,
            why=request.POST.get("why", "").strip(),
            decides=access.is_instructor,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, access, exam, papers, places, shown, wrong, 422)
    if count:
        messages.success(request, ngettext("%(n)d mark is saved.", "%(n)d marks are saved.", count) % {"n": count})
    if not left and not wrong:
        return redirect(request.get_full_path())
    shown = second.as_seen(exam, selectors.cells(exam, papers, places), request.user, decides=access.is_instructor)
    theirs = {(cell.paper.pk, cell.place, cell.part): cell for row in shown for cell in row}
    for one in left:
        cell = theirs[one.paper.pk, one.place, one.part]
        now = cell.mark
        if cell.closed:
            wrong[cell.name] = _("Both markers are in: only a decision changes it.")
            continue
        told = {"who": now.by.get_full_name() if now else "", "points": f"{now.points.normalize():f}" if now else ""}
        wrong[cell.name] = (
            _("%(who)s has given %(points)s meanwhile. Yours is not saved; save again to replace it.") % told
        )
    return _page(request, access, exam, papers, places, shown, wrong, 409 if left else 422)


def _chosen(exam: Exam, asked: Mapping[str, str]) -> tuple[list[Paper], list[int]]:
    papers, count = selectors.papers_of(exam), len(exam.questions.rows)
    if number := asked.get("paper", ""):
        chosen = [one for one in papers if str(one.number) == number]
        if not chosen:
            raise Http404
        return chosen, list(range(count))
    place = asked.get("question", "1")
    if not place.isdecimal() or not 1 <= int(place) <= max(count, 1):
        raise Http404
    return _page_of(papers, asked.get("page", "1")), [int(place) - 1] if count else []


def _page_of(papers: Sequence[Paper], page: str) -> list[Paper]:
    if not page.isdecimal() or not 1 <= int(page) <= max(_pages(len(papers)), 1):
        raise Http404
    return list(papers[(int(page) - 1) * PAPERS_A_PAGE : int(page) * PAPERS_A_PAGE])


def _pages(count: int) -> int:
    return -(-count // PAPERS_A_PAGE)


def _page(
    request: SignedInRequest, access: RunAccess, exam: Exam, papers: Sequence[Paper], places: Sequence[int],
    shown: Sequence[Sequence[selectors.Cell]], wrong: Mapping[str, str], status: int = 200,
) -> HttpResponse:  # fmt: skip
    typed = request.POST if request.method == "POST" else {}
    asked, whole = exam.questions, bool(request.GET.get("paper"))
    rows = [
        {
            "paper": paper,
            "cells": [_cell(cell, typed, wrong) for cell in cells],
            "sum": sum((cell.mark.points for cell in cells if cell.mark), Decimal(0)),
            "scans": sheets.pages if whole else scans.answers(exam, sheets, places[0]) if places else (),
        }
        for paper, cells, sheets in zip(papers, shown, scans.sheets(exam, papers), strict=True)
    ]
    context = {
        "access": access, "exam": exam, "title": title_of(access.run, exam.mark), "rows": rows,
        "progress": selectors.progress(exam), "place": None if whole else places[0] if places else 0, "whole": whole,
        "questions": [] if whole else list(asked.rows[places[0]]) if places else [], "wrong": bool(wrong),
        "reasons": selectors.reasons(exam, places),
        "pages": () if whole else range(1, _pages(exam.papers.count()) + 1), "page": int(request.GET.get("page", "1")),
    }  # fmt: skip
    return render(request, "exams/marking.html", context, status=status)


def _cell(cell: selectors.Cell, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a cell: what was typed and could not be saved, else the mark."""
    mark, trouble = cell.mark, wrong.get(cell.name, "")
    now = f"{mark.points.normalize():f}" if mark else ""
    kept = bool(trouble) and cell.name in typed
    return {
        "cell": cell, "trouble": trouble, "value": typed[cell.name] if kept else now,
        "reason": typed.get(f"{cell.name}-why", "") if kept else mark.reason if mark else "",
        "seen": mark.version if mark else 0, "question": cell.place + 1, "number": cell.part + 1,
    }  # fmt: skip


@signed_in
@require_POST
def import_marks(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Marks as a table, all of it or nothing."""
    access, exam = access_exam_as_staff(request.user, run, pk)
    text = request.POST.get("table", "")
    given, wrong = (
        table_of(exam, selectors.papers_of(exam), text) if len(text) <= LARGEST_TABLE else ([], [_("Too long.")])
    )
    if wrong:
        for words in wrong[:20]:
            messages.error(request, words)
        return redirect("exams:exam", run, pk)
    try:
        count, left = services.mark(
            exam=exam,
            given=given,
            by=request.user,
            why=request.POST.get("why", "").strip(),
            decides=access.is_instructor,
        )
        messages.success(request, ngettext("%(n)d mark is saved.", "%(n)d marks are saved.", count) % {"n": count})
        if left:
            messages.warning(request, _("Some marks were changed by a colleague at the same moment; look at them."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("exams:exam", run, pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """First what the marks move, then, confirmed, everybody sees theirs."""
    access, exam = access_exam_as_instructor(request.user, run, pk)
    if request.method == "POST":
        told = services.publish(exam=exam, by=request.user)
        messages.success(
            request,
            ngettext("Published; %(n)d student is told.", "Published; %(n)d students are told.", told) % {"n": told}
            if told
            else _("The marks are published."),
        )
        return redirect("exams:exam", run, pk)
    students, known, in_force = students_of(access.run), facts(access.run), terms.in_force(run)
    comparison = compare(students, (in_force, known), (in_force, with_marks(exam, known)))
    progress = selectors.progress(exam)
    context = {
        "access": access, "exam": exam, "title": title_of(access.run, exam.mark), "comparison": comparison,
        "missing": sum(one.of - one.done for one in progress), "unfinished": selectors.unfinished(exam),
    }  # fmt: skip
    return render(request, "exams/publish.html", context)
