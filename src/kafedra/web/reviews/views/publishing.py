"""Publishing a draft, and going on to the next work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.reviews.access import ReviewAccess, access_review
from kafedra.web.reviews.queue import WaitingForReview
from kafedra.web.reviews.selectors import is_reviewed
from kafedra.web.reviews.services import publishing
from kafedra.web.reviews.threads import threads_of
from kafedra.web.reviews.views.desk import near, number
from kafedra.web.reviews.views.selection import Selection, selection
from kafedra.web.reviews.views.taking import nothing_left, take
from kafedra.web.standings.selectors import standing_for


@signed_in
@require_POST
def publish(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Show the draft to the student; with `go_on` the next work of those selected is opened."""
    access, chosen = access_review(request.user, run, pk), selection(request)
    desk = reverse("reviews:desk", args=[run, pk]) + chosen.suffix
    following, counted = near(request, access, chosen).next, _counted(access)
    try:
        publishing.publish(submission=access.submission, by=request.user, seen=number(request.POST.get("seen")) or 0)
    except publishing.DraftMoved as error:
        who = error.by.get_full_name() if error.by else ""
        text = _(
            "Nothing is published yet: {name} changed this review after you opened it. "
            "Here is all of it; look through it and publish again."
        )
        messages.warning(request, text.format(name=who))
        return redirect(desk)
    messages.success(request, _("Published: the student can read it now."))
    _mention(request, access, counted)
    if "go_on" in request.POST:
        return _gone_on(request, access, chosen, following)
    then = f"{'&' if chosen.suffix else '?'}then={following.submission}" if following else ""
    return redirect(desk + then)


def _gone_on(
    request: SignedInRequest, access: ReviewAccess, chosen: Selection, following: WaitingForReview | None
) -> HttpResponse:
    """To the one that came after this one, else to the first that is left."""
    run = access.run.run.slug
    left = near(request, access, chosen).next if following is None else following
    if left is None or left.repository == access.submission.repository_id:
        messages.success(request, nothing_left(chosen))
        return redirect(reverse("reviews:queue", args=[run]) + chosen.suffix)
    take(request, left)  # if a colleague was faster, the desk says so
    return redirect(reverse("reviews:desk", args=[run, left.submission]) + chosen.suffix)


def _counted(access: ReviewAccess) -> int | None:
    """The submission of this work that counts."""
    line = standing_for(access.student, access.run.run).line(access.work.slug)
    return line.counted.id if line.counted else None


def _mention(request: SignedInRequest, access: ReviewAccess, before: int | None) -> None:
    """What the reviewer may not expect: another submission counts from now on; a question is still open."""
    counted = _counted(access)
    if counted is not None and counted not in (before, access.submission.pk):
        text = (
            _("Another submission counts now; it has been reviewed already.")
            if is_reviewed(counted)
            else _("Another submission counts now: it is in the queue.")
        )
        messages.warning(request, text)
    if any(thread.open for thread in threads_of(access.submission)) and "go_on" not in request.POST:
        messages.warning(request, _("The student's question is still open: answer it, or say that it needs no answer."))
