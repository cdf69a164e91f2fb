"""Scanned sheets: uploaded, sorted by hand where no code was read, shown to whom they concern."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.exams import selectors
from kafedra.web.exams.access import (
    access_exam_as_staff,
    access_scan,
    access_scan_as_staff,
    access_scan_file_as_instructor,
)
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import Exam, Scan
from kafedra.web.exams.rules import title_of
from kafedra.web.exams.scanning import selectors as scans
from kafedra.web.exams.scanning import services, words
from kafedra.web.frame.pictures import POLICY
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess

ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """What there is of everybody's sheets, and what has to be sorted by hand; more is uploaded here."""
    access, exam = access_exam_as_staff(request.user, run, pk)
    if request.method == "POST":
        return _uploaded(request, access, exam)
    if request.headers.get("HX-Request"):
        return _progress(request, access, exam)
    return _page(request, access, exam)


def _uploaded(request: SignedInRequest, access: RunAccess, exam: Exam) -> HttpResponse:
    sent = request.FILES.getlist("files")
    taken = sum(_took(request, exam, one) for one in sent)
    if not sent:
        messages.error(request, _("Choose the files with the scanned sheets."))
        return _page(request, access, exam, HTTPStatus.UNPROCESSABLE_ENTITY)
    if taken:
        told = ngettext(
            "%(n)d file is here; its pages are being read.", "%(n)d files are here; their pages are being read.", taken
        )
        messages.success(request, told % {"n": taken})
    return redirect("exams:scans", access.run.slug, exam.pk)


def _took(request: SignedInRequest, exam: Exam, file: UploadedFile[Any]) -> bool:
    name = file.name or ""
    try:
        if (file.size or 0) > words.MOST_BYTES:
            raise Refused(_("More than %(n)d MB: send it in parts.") % {"n": words.MOST_BYTES >> 20})
        services.take(exam=exam, name=name, data=file.read(), by=request.user)
    except Refused as refused:
        messages.error(request, f"{name}: {refused}")
        return False
    return True


def _progress(request: SignedInRequest, access: RunAccess, exam: Exam) -> HttpResponse:
    """The list of files alone."""
    found = scans.files(exam)
    context = {"access": access, "exam": exam, "files": found, "fresh": True, "reading": scans.reading(found)}
    return render(request, "exams/_scan_files.html", context)


def _page(request: SignedInRequest, access: RunAccess, exam: Exam, status: int = 200) -> HttpResponse:
    papers, wanted = selectors.papers_of(exam), request.GET.get("scan", "")
    rows, found = scans.sheets(exam, papers), scans.files(exam)
    waiting = scans.tray(exam)
    chosen = scans.light(Scan.objects.filter(exam=exam, pk=wanted)) if wanted.isdecimal() else waiting
    shown = Paginator(chosen.order_by("pk"), scans.TRAY_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "access": access, "exam": exam, "title": title_of(access.run, exam.mark), "files": found,
        "tray": shown, "single": bool(wanted), "aside": scans.aside(exam)[:60], "papers": papers, "sheets": rows,
        "choices": scans.choices(exam), "counted": scans.counted(rows, waiting.count()), "accepted": ACCEPTED,
        "reading": scans.reading(found),
    }  # fmt: skip
    return render(request, "exams/scans.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD"])
def scan(request: SignedInRequest, run: str, pk: int, half: str) -> HttpResponse:
    """The upper or the lower part of a page, for staff, and for whose it is once the marks are published."""
    found = access_scan(request.user, run, pk)
    data = bytes({"head": found.head, "body": found.body}.get(half, b""))
    if not data:
        raise Http404
    headers = {
        "Content-Security-Policy": POLICY, "Content-Disposition": "inline", "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


class PlaceForm(forms.Form):
    """Whose page it is: the number of the paper, and of the page; without one it is a further sheet."""

    paper = forms.IntegerField(min_value=1)
    page = forms.IntegerField(min_value=1, max_value=999, required=False)


@signed_in
@require_POST
def place(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Assign a page by hand, or put it aside."""
    access, found = access_scan_as_staff(request.user, run, pk)
    form = PlaceForm(request.POST)
    paper = found.exam.papers.filter(number=form.cleaned_data["paper"]).first() if form.is_valid() else None
    if "aside" in request.POST:
        services.put_aside(scan=found, by=request.user)
        messages.success(request, _("Put aside; it is below, if it is needed after all."))
    elif paper is None:
        messages.error(request, _("There is no paper with this number."))
    elif (number := form.cleaned_data["page"]) is not None and number not in scans.choices(found.exam):
        messages.error(request, _("A paper has no such page."))
    else:
        became = services.place(scan=found, paper=paper, page=number, by=request.user)
        messages.success(
            request, _("It is page %(page)s of paper %(paper)s now.") % {"page": became, "paper": paper.number}
        )
    return redirect(f"{reverse('exams:scans', args=[access.run.slug, found.exam_id])}#tray")


@signed_in
@require_POST
def remove(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take a file away again, with its pages."""
    access, found = access_scan_file_as_instructor(request.user, run, pk)
    exam = found.exam_id
    services.remove_file(file=found, by=request.user)
    messages.success(request, _("The file is gone, with all pages that came from it."))
    return redirect("exams:scans", access.run.slug, exam)
