"""Going on to another work of the queue, which becomes the reviewer's if it was free."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kafedra.web.people.access import SignedInRequest
from kafedra.web.reviews import selectors
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.queue import WaitingForReview
from kafedra.web.reviews.services import claims
from kafedra.web.reviews.views.selection import Selection


def take(request: SignedInRequest, item: WaitingForReview) -> bool:
    """Make the work mine unless it is; False when a colleague was faster, or has had it all along."""
    if item.reason is Reason.AMENDED:  # my own words: whoever has the work
        return True
    seen = item.holder.pk if item.holder else None
    if seen not in (None, request.user.pk):
        return False
    try:
        claims.claim(
            repository=selectors.repository(item.repository), by=request.user, holder=request.user, seen_holder=seen
        )
    except claims.ClaimedMeanwhile:
        return False
    return True


def nothing_left(chosen: Selection) -> str:
    """Why there is no next one."""
    if chosen.assignment or chosen.reason:
        return _("Nothing of that kind is left for you.")
    return _("Nothing is left for you: everything is reviewed or with a colleague.")
