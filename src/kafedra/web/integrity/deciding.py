"""Deciding about one side of a case, and taking that back: first what it moves, then, confirmed, the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kafedra.policy import Ground, Ruling
from kafedra.web.frame.words import RULINGS
from kafedra.web.integrity import services
from kafedra.web.integrity.access import access_case_as_staff, access_decision, access_side
from kafedra.web.integrity.forms import DecideForm, ReverseForm
from kafedra.web.integrity.hearing import may_decide
from kafedra.web.integrity.models import Side
from kafedra.web.integrity.views import case_page
from kafedra.web.integrity.zeroing import if_decided, if_reversed
from kafedra.web.notices.wording import title
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess
from kafedra.web.runs import terms
from kafedra.web.standings.comparison import compare
from kafedra.web.standings.facts import Facts, facts


@signed_in
@require_POST
def decide(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """What it ends in for one student."""
    access, side = access_side(request.user, run, pk)
    rule = access.facts.integrity
    form = DecideForm(side, rule.rulings(Ground(side.case.ground)), request.POST)
    if not form.is_valid():
        return _again(request, access, side, **{f"decide_{side.pk}": form})
    ruling, reason = Ruling(form.cleaned_data["ruling"]), form.cleaned_data["reason"]
    if not side.decided and not may_decide(side, ruling):
        form.add_error(
            "ruling", _("The student has still time to answer; only that there was nothing can be found now.")
        )
        return _again(request, access, side, **{f"decide_{side.pk}": form})
    if request.POST.get("confirm") or side.decided:
        made = services.decide(side=side, ruling=ruling, reason=reason, rule=rule, by=request.user)
        if made is None:
            messages.warning(request, _("A colleague has decided already; only taking that back changes it."))
        else:
            messages.success(request, _("Decided."))
        return redirect("integrity:case", run, side.case_id)
    before = facts(access.run, students=[side.student])
    shown = {"ruling": RULINGS[ruling.value], "reason": reason, "repeated": form.cleaned_data.items()}
    return _preview(request, access, side, (before, if_decided(before, side, ruling, reason)), **shown)


@signed_in
@require_POST
def reverse(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Take a decision back."""
    access, decision = access_decision(request.user, run, pk)
    side = decision.side
    form = ReverseForm(side, request.POST)
    if not form.is_valid():
        return _again(request, access, side, **{f"reverse_{side.pk}": form})
    reason = form.cleaned_data["reason"]
    if request.POST.get("confirm") or decision.reversed_at:
        done = services.reverse(decision=decision, reason=reason, by=request.user)
        if done:
            messages.success(request, _("Taken back: everything counts as it did before."))
        else:
            messages.warning(request, _("It was taken back already."))
        return redirect("integrity:case", run, side.case_id)
    before = facts(access.run, students=[side.student])
    shown = {"decision": decision, "reason": reason, "repeated": form.cleaned_data.items()}
    return _preview(request, access, side, (before, if_reversed(before, decision)), **shown)


def _again(request: SignedInRequest, access: RunAccess, side: Side, **forms: Any) -> HttpResponse:
    _access, case = access_case_as_staff(request.user, access.run.slug, side.case_id)
    return case_page(request, access, case, 422, **forms)


def _preview(
    request: SignedInRequest, access: RunAccess, side: Side, under: tuple[Facts, Facts], **shown: Any
) -> HttpResponse:
    in_force, slug = terms.in_force(access.run.slug), side.case.assignment
    comparison = compare([side.student], (in_force, under[0]), (in_force, under[1]))
    context = {
        "access": access, "side": side, "case": side.case, "comparison": comparison,
        "title": title(access.run.slug, slug), **shown,
    }  # fmt: skip
    return render(request, "integrity/preview.html", context)
