"""One's own news, and how one wants to hear of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kafedra.web.notices import selectors, services
from kafedra.web.notices.kinds import Kind
from kafedra.web.people.access import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def news(request: SignedInRequest) -> HttpResponse:
    """All news, the latest first; a POST marks them as read and leads back."""
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
        chosen = {kind: (f"{kind}-page" in request.POST, f"{kind}-mail" in request.POST) for kind in Kind}
        services.choose(user=request.user, wishes=chosen)
        messages.success(request, _("Saved."))
        return redirect("notices:wishes")
    return render(request, "notices/wishes.html", {"wishes": selectors.wishes(request.user)})
