"""The queue: what waits, who has it, and sharing it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.models import User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor, access_run_as_staff
from kafedra.web.reviews import selectors
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.mine import for_reviewer, reviewed_by
from kafedra.web.reviews.queue import WaitingForReview, in_my_order
from kafedra.web.reviews.services import claims
from kafedra.web.reviews.views.blind import SESSION_KEY, is_blind, namer
from kafedra.web.reviews.views.selection import REASONS, SCOPES, Selection, selection
from kafedra.web.reviews.views.taking import nothing_left, take

ON_ONE_PAGE = 100


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue, with what its author is called."""

    item: WaitingForReview
    name: str
    mine: bool


@signed_in
@require_safe
def queue(request: SignedInRequest, run: str) -> HttpResponse:
    """What waits for a reviewer, the longest waiting first unless another order is chosen; or what they reviewed."""
    access = access_run_as_staff(request.user, run)
    everything, chosen = for_reviewer(access.run, request.user), selection(request)
    chosen = chosen if chosen.scope else chosen.of_scope(_usual_scope(everything, request.user))
    shown = reviewed_by(access.run, request.user) if chosen.scope == "done" else everything
    page = Paginator(chosen.listed(shown, request.user), ON_ONE_PAGE).get_page(request.GET.get("page"))
    name = namer(request)
    context = {
        "access": access,
        "chosen": chosen,
        "scopes": [(one, chosen.of_scope(one), _count(one, everything, request.user)) for one in SCOPES],
        "page": page,
        "rows": [QueueRow(item, name(item.student, item.repository), item.is_with(request.user)) for item in page],
        "works": access.facts.works,
        "reasons": REASONS,
        "free": sum(item.free for item in everything),
        "nothing_waits": not everything,
        "load": selectors.load(access.run, [item for item in everything if item.reason is not Reason.AMENDED]),
        "blind": is_blind(request),
    }
    return render(request, "reviews/queue.html", context)


def _usual_scope(items: Sequence[WaitingForReview], me: User) -> str:
    return "mine" if any(item.is_with(me) for item in items) else "free"


def _count(scope: str, items: Sequence[WaitingForReview], me: User) -> int | None:
    return None if scope == "done" else len(Selection(scope).listed(items, me))


@signed_in
@require_POST
def take_next(request: SignedInRequest, run: str) -> HttpResponse:
    """Open the next work of those selected: of mine, else the free one that waits longest, which becomes mine."""
    access, chosen = access_run_as_staff(request.user, run), selection(request)
    found = in_my_order(chosen.filtered(for_reviewer(access.run, request.user)), request.user)
    wanted = [item for item in found if item.free] if chosen.scope == "free" else found
    taken = next((item for item in wanted if take(request, item)), None)
    if taken is not None:
        return redirect(reverse("reviews:desk", args=[run, taken.submission]) + chosen.suffix)
    messages.success(request, nothing_left(chosen))
    return redirect(reverse("reviews:queue", args=[run]) + chosen.suffix)


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
    return redirect(reverse("reviews:queue", args=[run]) + selection(request).suffix)
