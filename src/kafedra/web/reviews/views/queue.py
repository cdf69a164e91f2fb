"""The queue: what waits, who has it, and sharing it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.classroom.access import RunAccess, access_run_as_instructor, access_run_as_staff
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.models import User
from kafedra.web.reviews import selectors
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.queue import Waiting, in_my_order, waiting
from kafedra.web.reviews.services import claims
from kafedra.web.reviews.views.blind import SESSION_KEY, is_blind, namer

ON_ONE_PAGE = 100
SCOPES = ("mine", "free", "all")


@dataclass(frozen=True)
class Row:
    """One line of the queue, with what its author is called."""

    item: Waiting
    name: str
    mine: bool


@signed_in
@require_safe
def queue(request: SignedInRequest, run: str) -> HttpResponse:
    """What waits for a reviewer, the longest waiting first."""
    access = access_run_as_staff(request.user, run)
    everything = waiting(access.run)
    scope = _scope(request, everything)
    chosen = _filtered(request, _of_scope(everything, scope, request.user))
    page = Paginator(chosen, ON_ONE_PAGE).get_page(request.GET.get("page"))
    name = namer(request)
    context = {
        "access": access,
        "scope": scope,
        "counts": [(one, len(_of_scope(everything, one, request.user))) for one in SCOPES],
        "page": page,
        "rows": [Row(item, name(item.student, item.repository), item.is_with(request.user)) for item in page],
        "works": [work for homework in access.facts.homework for work in homework.assignments],
        "assignment": request.GET.get("assignment", ""),
        "reason": request.GET.get("reason", ""),
        "reasons": list(Reason),
        "free": sum(item.free for item in everything),
        "nothing_waits": not everything,
        "load": selectors.load(access.run, everything),
        "blind": is_blind(request),
    }
    return render(request, "reviews/queue.html", context)


def _scope(request: SignedInRequest, items: Sequence[Waiting]) -> str:
    wanted = request.GET.get("scope", "")
    if wanted in SCOPES:
        return wanted
    return "mine" if any(item.is_with(request.user) for item in items) else "free"


def _of_scope(items: Sequence[Waiting], scope: str, me: User) -> Sequence[Waiting]:
    if scope == "all":
        return items
    return [item for item in items if (item.free if scope == "free" else item.is_with(me))]


def _filtered(request: SignedInRequest, items: Sequence[Waiting]) -> Sequence[Waiting]:
    assignment, reason = request.GET.get("assignment"), request.GET.get("reason")
    return [
        item
        for item in items
        if (not assignment or item.work.slug == assignment) and (not reason or item.reason == reason)
    ]


@signed_in
@require_POST
def take_next(request: SignedInRequest, run: str) -> HttpResponse:
    """Open the next work: of mine, else the free one that waits longest, which becomes mine."""
    access = access_run_as_staff(request.user, run)
    for item in in_my_order(waiting(access.run), request.user):
        if _taken(request, item):
            return redirect("reviews:desk", run, item.submission)
    messages.success(request, _("Nothing is left for you: everything is reviewed or with a colleague."))
    return redirect("reviews:queue", run)


def _taken(request: SignedInRequest, item: Waiting) -> bool:
    repository = selectors.repository(item.repository)
    try:
        seen = item.holder.pk if item.holder else None
        claims.claim(repository=repository, by=request.user, holder=request.user, seen_holder=seen)
    except claims.ClaimedMeanwhile:  # a colleague was faster: there are others
        return False
    return True


@signed_in
@require_POST
def share(request: SignedInRequest, run: str) -> HttpResponse:
    """Share the free works out among the chosen people, so that everybody has equally many."""
    access = access_run_as_instructor(request.user, run)
    people = _chosen(request, access)
    given = claims.share_out(run=access.run, by=request.user, people=people)
    if people:
        text = ngettext("%(n)d work was shared out.", "%(n)d works were shared out.", given) % {"n": given}
        messages.success(request, text)
    else:
        messages.error(request, _("Choose at least one person."))
    return redirect("reviews:queue", run)


def _chosen(request: SignedInRequest, access: RunAccess) -> list[User]:
    wanted = request.POST.getlist("reviewer")
    return [person for person, _assists in selectors.reviewers(access.run) if person.username in wanted]


@signed_in
@require_POST
def names(request: SignedInRequest, run: str) -> HttpResponse:
    """Hide or show the names of students, for this reviewer."""
    access_run_as_staff(request.user, run)
    request.session[SESSION_KEY] = not is_blind(request)
    return redirect("reviews:queue", run)
