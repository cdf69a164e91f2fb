"""The letters of a run, for its instructors: what waits, what failed, what left."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.outbox import selectors, services
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import access_run_as_instructor

ON_ONE_PAGE = 100


@signed_in
@require_safe
def letters(request: SignedInRequest, run: str) -> HttpResponse:
    """To whom, about what, and what became of it. Never the text: it may be a key to somebody's account."""
    access = access_run_as_instructor(request.user, run)
    person, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    found = selectors.found(access.run, person=person, state=state)
    context = {
        "access": access,
        "outbox": selectors.outbox(selectors.letters_of(access.run)),
        "person": person,
        "state": state,
        "states": list(selectors.STATES),
        "page": Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"q": person, "state": state}),
    }
    return render(request, "notices/letters.html", context)


@signed_in
@require_POST
def send_again(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Try a failed letter anew."""
    access = access_run_as_instructor(request.user, run)
    letter = selectors.letters_of(access.run).filter(pk=pk).first()
    if letter is None:
        raise Http404
    if services.send_again(letter=letter, by=request.user):
        messages.success(request, _("The letter is on its way to %(email)s again.") % {"email": letter.address})
    else:
        messages.info(request, _("It is on its way already."))
    return redirect("notices:letters", run)
