"""The pages of cases: the list, opening one, one case for staff and for its student; marking, asking, answering."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.policy import Ground
from kafedra.web.integrity import selectors, services, shown
from kafedra.web.integrity.access import (
    access_case,
    access_case_as_staff,
    access_cases,
    access_fragment,
    access_own_side,
    access_side,
)
from kafedra.web.integrity.forms import AnswerForm, DecideForm, MarkForm, OpenForm, ReverseForm
from kafedra.web.integrity.hearing import has_left, may_decide
from kafedra.web.integrity.models import Case, Side
from kafedra.web.integrity.names import without_names
from kafedra.web.notices.wording import title
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess
from kafedra.web.submissions.access import access_submission


@signed_in
@require_safe
def cases(request: SignedInRequest, run: str) -> HttpResponse:
    """Every case of the run, for staff: open ones first."""
    access = access_cases(request.user, run)
    still_open, closed = selectors.cases_of(access.run)
    rows = [[(one, title(run, one.assignment)) for one in some] for some in (still_open, closed)]
    return render(request, "integrity/cases.html", {"access": access, "open": rows[0], "closed": rows[1]})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Open a case about a submission, and another one."""
    access = access_cases(request.user, run)
    first = access_submission(request.user, pk)
    if first.repository.run_id != access.run.pk or first.repository.student_id == request.user.pk:
        raise Http404
    form = OpenForm(first, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        case = services.open_case(
            first=first, second=form.other_work(), ground=Ground(data["ground"]), words=data["words"], by=request.user
        )
        messages.success(request, _("The case is open, and the text of the work kept. Nobody has been told yet."))
        return redirect("integrity:case", run, case.pk)
    context = {
        "access": access, "form": form, "first": first, "title": title(run, first.repository.assignment),
        "there": selectors.with_submission(first),
    }  # fmt: skip
    return render(request, "integrity/open.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_safe
def case(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """A case: for staff all of it; for a student whom it is about, what concerns them."""
    access, found, own = access_case(request.user, run, pk)
    return case_page(request, access, found) if own is None else _own_page(request, access, found, own)


def case_page(
    request: SignedInRequest, access: RunAccess, found: Case, status: int = 200, **forms: Any
) -> HttpResponse:
    """The case for staff. `forms` are those that were filled in wrongly, by name."""
    rulings = access.facts.integrity.rulings(Ground(found.ground))
    decides = access.is_instructor
    sides = [
        {
            "side": side,
            "whole": shown.whole(side),
            "left": has_left(side),
            "form": forms.get(f"decide_{side.pk}") or DecideForm(side, rulings),
            "back": forms.get(f"reverse_{side.pk}") or ReverseForm(side),
            "heard": may_decide(side, rulings[-1]),
        }
        for side in found.both
    ]
    context = {
        "access": access, "case": found, "title": title(access.run.slug, found.assignment), "sides": sides,
        "beside": shown.beside(found), "mark_form": forms.get("mark") or MarkForm(found), "decides": decides,
        "days": access.facts.integrity.answer_days,
    }  # fmt: skip
    return render(request, "integrity/case.html", context, status=status)


def _own_page(
    request: SignedInRequest,
    access: RunAccess,
    found: Case,
    own: Side,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    others = [side.student for side in found.both if side is not own]
    context = {
        "access": access, "case": found, "title": title(access.run.slug, found.assignment), "own": own,
        "words": without_names(found.words, others), "beside": shown.beside(found, own), "whole": shown.whole(own),
        "form": form or AnswerForm(initial={"answer": own.answer}),
        "decisions": [one for one in own.decisions.all() if one.told], "others": others,
    }  # fmt: skip
    return render(request, "integrity/own.html", context, status=status)


@signed_in
@require_POST
def mark(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Mark lines that are alike."""
    access, found = access_case_as_staff(request.user, run, pk)
    form = MarkForm(found, request.POST)
    if not form.is_valid():
        return case_page(request, access, found, 422, mark=form)
    if services.mark(case=found, marked=form.marked(), by=request.user) is None:
        messages.warning(request, _("A student has been asked already: what they were shown stays as it was."))
    return redirect("integrity:case", run, pk)


@signed_in
@require_POST
def unmark(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take a mark away."""
    _access, fragment = access_fragment(request.user, run, pk)
    if not services.unmark(fragment=fragment, by=request.user):
        messages.warning(request, _("A student has been asked already: what they were shown stays as it was."))
    return redirect("integrity:case", run, fragment.case_id)


@signed_in
@require_POST
def ask(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Tell one student of the case, and ask for an answer."""
    access, side = access_side(request.user, run, pk)
    if services.ask(side=side, rule=access.facts.integrity, by=request.user):
        messages.success(request, _("The student is told, by news and by a letter."))
    else:
        messages.warning(request, _("Nobody was told: the student was asked already, has left, or it is decided."))
    return redirect("integrity:case", run, side.case_id)


@signed_in
@require_POST
def answer(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """What the student says. Too late, it comes back with what was typed."""
    access, side = access_own_side(request.user, run, pk)
    form = AnswerForm(request.POST)
    if form.is_valid() and services.answer(side=side, text=form.cleaned_data["answer"]):
        messages.success(request, _("Your answer is kept. You may change it until the time is over."))
        return redirect("integrity:case", run, side.case_id)
    if form.is_valid():
        form.add_error("answer", _("It was not kept: the time for an answer is over, or the case is decided."))
    _again, found, own = access_case(request.user, run, side.case_id)
    assert own is not None, "whoever answers has a side"
    return _own_page(request, access, found, own, form, 422)
