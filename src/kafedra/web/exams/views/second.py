"""Second marking: where two differ, and everything as a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kafedra.web.exams.access import access_exam_as_staff
from kafedra.web.exams.forms import number_of
from kafedra.web.exams.given import Refused
from kafedra.web.exams.models import LONGEST_REASON, Exam
from kafedra.web.exams.rules import title_of
from kafedra.web.exams.scanning import selectors as scans
from kafedra.web.exams.second import selectors as second
from kafedra.web.exams.second import services
from kafedra.web.exams.second.table import table
from kafedra.web.frame.spreadsheets import as_csv, download
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def differences(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Parts that two have marked too differently; a third, or an instructor, says what they earn."""
    access, exam = access_exam_as_staff(request.user, run, pk)
    rows = second.differences(exam)
    if request.method != "POST":
        return _page(request, access, exam, rows, {})
    chosen = next((one for one in rows if one.name == request.POST.get("name")), None)
    if chosen is None:
        messages.warning(request, _("A colleague has decided already."))
        return redirect("exams:differences", run, pk)
    try:
        points = number_of(request.POST.get("points", ""))
        if points > chosen.most:
            raise ValidationError(_("This part is worth %(most)s at most.") % {"most": f"{chosen.most.normalize():f}"})
        services.decide(
            exam=exam, difference=chosen, points=points, reason=request.POST.get("reason", "").strip()[:LONGEST_REASON],
            by=request.user, instructor=access.is_instructor,
        )  # fmt: skip
    except ValidationError as error:
        return _page(request, access, exam, rows, {chosen.name: error.messages[0]}, 422)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided."))
    return redirect("exams:differences", run, pk)


def _page(
    request: SignedInRequest, access: RunAccess, exam: Exam, rows: list[second.Difference], wrong: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    papers = {one.paper.pk: one.paper for one in rows}
    sheets = {one.paper.pk: one for one in scans.sheets(exam, list(papers.values()))}
    shown = [
        {
            "it": one, "question": one.place + 1, "number": one.part + 1, "trouble": wrong.get(one.name, ""),
            "may": second.may_decide(one, request.user, instructor=access.is_instructor),
            "scans": scans.answers(exam, sheets[one.paper.pk], one.place),
            "typed": request.POST.get("points", "") if one.name in wrong else "",
            "reason": request.POST.get("reason", "") if one.name in wrong else "",
        }
        for one in rows
    ]  # fmt: skip
    context = {
        "access": access, "exam": exam, "title": title_of(access.run, exam.mark), "rows": shown,
        "bound": second.bound_of(exam),
    }  # fmt: skip
    return render(request, "exams/differences.html", context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD"])
def export(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Every mark as a table, and who gave what where two have marked."""
    _access, exam = access_exam_as_staff(request.user, run, pk)
    return download(f"{run}-{exam.mark}-marks.csv", as_csv(table(exam)))
