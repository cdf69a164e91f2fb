"""One's own news, and how one wants to hear of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kafedra.web.notices import selectors, services
from kafedra.web.notices.kinds import kinds
from kafedra.web.notices.models import Notice
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.models import User


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: SignedInRequest) -> HttpResponse:
    """All news, the latest first; a POST marks all as read and leads back, or one, and leads to what it is about.

    To open a piece of news is a POST because it is a write: browsers and mail programs look at links in advance.
    """
    if request.method == "POST" and "notice" in request.POST:
        chosen = access_notice(request.user, request.POST["notice"])
        services.seen(user=request.user, pks=[chosen.pk])
        return redirect(chosen.path)
    if request.method == "POST":
        services.seen(user=request.user)
        return redirect("notices:news")
    page = selectors.all_news(request.user, request.GET.get("page"))
    return render(request, "notices/news.html", {"page": page, "news": selectors.told(page)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: SignedInRequest) -> HttpResponse:
    """A switch for each kind of news and each way of hearing of it."""
    if request.method == "POST":
        chosen = {kind: (f"{kind}-page" in request.POST, f"{kind}-mail" in request.POST) for kind in kinds()}
        services.choose(user=request.user, wishes=chosen)
        messages.success(request, _("Saved."))
        return redirect("notices:wishes")
    return render(request, "notices/wishes.html", {"wishes": selectors.wishes(request.user)})


def access_notice(user: User, pk: str) -> Notice:
    """One's own piece of news; Http404 for anybody else's."""
    known = pk.isascii() and pk.isdecimal() and len(pk) < 19
    found = Notice.objects.filter(user=user, pk=int(pk)).first() if known else None
    if found is None:
        raise Http404
    return found
