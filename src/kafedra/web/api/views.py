"""One's tokens, and the page that says how to use them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web import clock
from kafedra.web.api import problems, selectors, services
from kafedra.web.api.access import access_token
from kafedra.web.api.application import document
from kafedra.web.api.forms import TokenForm
from kafedra.web.api.reading import chapters
from kafedra.web.api.scopes import Scope
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.selectors import teaches


@signed_in
@require_safe
def tokens(request: SignedInRequest) -> HttpResponse:
    """One's tokens for programs, and a form for another."""
    return _page(request)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Make a token and show it: in this answer and never again."""
    if request.method != "POST":  # reloading or bookmarking the answer must not end in a bare error
        return redirect("api:tokens")
    form = TokenForm(teaches(request.user), request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    data = form.cleaned_data
    row, token = services.issue(user=request.user, label=data["label"], scopes=form.chosen(), days=data["days"])
    return _page(request, new_token=token, new_row=row)


@signed_in
@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a token useless."""
    services.revoke(token=access_token(request.user, pk))
    messages.success(request, _("The token no longer works."))
    return redirect("api:tokens")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation of the API with what it takes and gives, from its own document."""
    context = {"chapters": chapters(document(request)), "base_url": settings.BASE_URL, "scopes": list(Scope)}
    return render(request, "api/reference.html", context)


@csrf_exempt  # nothing is done here
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 as programs read it, for addresses below the API's own."""
    return problems.missing(request, Http404())


def _page(request: SignedInRequest, status: int = 200, **special: Any) -> HttpResponse:
    now = clock.now()
    rows = [(row, row.works(now), [Scope(one) for one in row.scopes]) for row in selectors.tokens_of(request.user)]
    context = {"tokens": rows, "form": TokenForm(teaches(request.user)), "base_url": settings.BASE_URL, **special}
    return render(request, "api/tokens.html", context, status=status)
