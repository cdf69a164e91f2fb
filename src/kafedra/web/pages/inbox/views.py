"""The staff's one place for everything that is said to them."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kafedra.web.pages.inbox.selectors import KINDS, done, waits
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_staff
from kafedra.web.questions.waiting import confusion


@signed_in
@require_safe
def inbox(request: SignedInRequest, run: str) -> HttpResponse:
    """What waits for an answer, and from which topic confusion comes; with `done`, what was answered."""
    access = access_run_as_staff(request.user, run)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    items = waits(access.run)
    counts = Counter(one.kind for one in items)
    answered = "done" in request.GET
    shown = done(access.run) if answered else items
    context = {
        "access": access,
        "kind": kind,
        "answered": answered,
        "all": len(items),
        "counts": [(one, counts[one]) for one in KINDS],
        "items": [one for one in shown if not kind or one.kind == kind],
        "confusion": confusion(access.run),
    }
    return render(request, "inbox/inbox.html", context)
