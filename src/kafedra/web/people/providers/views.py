"""Going to GitHub or Google and coming back: to sign in, to accept an invitation, to connect one's account."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kafedra.web.frame.addresses import safe_address
from kafedra.web.people import selectors as people
from kafedra.web.people.access import SignedInRequest, access_connection, signed_in
from kafedra.web.people.links.views import BACKEND, remember
from kafedra.web.people.models import User
from kafedra.web.people.providers import protocol, selectors, services
from kafedra.web.people.providers.protocol import NAMES, Identity, NotSignedIn
from kafedra.web.runs.addresses import first_page

ARRIVING = "arriving"


@never_cache
@require_POST
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """To the provider; afterwards to the page asked for, or to the invitation."""
    if request.user.is_authenticated:
        return redirect(first_page())
    invitation = request.POST.get("invitation", "")
    following = safe_address(request, request.POST.get("next", ""))
    return _leave(request, provider, following=following, invitation=invitation)


@never_cache
@signed_in
@require_POST
def connect(request: SignedInRequest, provider: str) -> HttpResponse:
    """To the provider, so that it signs the person in from then on."""
    return _leave(request, provider, user=request.user.pk)


@signed_in
@require_POST
def disconnect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the provider's word no longer."""
    connection = access_connection(request.user, pk)
    try:
        services.disconnect(user=request.user, pk=connection.pk)
    except services.LastWay:
        messages.error(request, _("You would not get in any more: set a password or give an address first."))
    else:
        messages.success(request, _("%(provider)s is disconnected.") % {"provider": NAMES[connection.provider]})
    return redirect("people:account")


@never_cache
@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Where the provider sends people to. Only who left from here, in this browser, comes in."""
    try:
        identity, following, remembered = protocol.finish(request, provider)
    except NotSignedIn as problem:
        return _did_not_work(request, provider, problem.reason)
    if "user" in remembered:
        return _connected(request, identity, remembered["user"])
    view = people.invitation_by_token(str(remembered.get("invitation", "")))
    if (user := services.sign_in(identity=identity)) is not None:
        login(request, user, backend=BACKEND)
        remember(request, provider)
        if view is not None:
            return redirect("people:invitation", view.invitation.token)
        return HttpResponseRedirect(safe_address(request, following) or first_page())
    if view is not None and view.is_open and not selectors.is_known(identity):
        request.session[ARRIVING] = {"invitation": view.invitation.token, **asdict(identity)}
        return redirect("people:invitation", view.invitation.token)
    return render(request, "people/no_account.html", {"identity": identity}, status=403)


def arriving(request: HttpRequest, invitation: str) -> Identity | None:
    """Who has come to this invitation by way of a provider, in this browser, and has no account yet."""
    told = dict(request.session.get(ARRIVING) or {})
    if told.pop("invitation", None) != invitation:
        return None
    return Identity(**told | {"emails": tuple(told["emails"])})


def forget_arrival(request: HttpRequest) -> None:
    """The account is there, or the person would rather have a password."""
    request.session.pop(ARRIVING, None)


def _leave(request: HttpRequest, provider: str, **remembered: Any) -> HttpResponse:
    """A page that goes on by itself.

    Not a redirect: a form may lead nowhere but here, says the Content-Security-Policy, and browsers hold the redirect
    after a form to that, too.
    """
    address = protocol.begin(request, provider, **remembered)
    context = {"address": address, "provider": NAMES[provider]}
    response = render(request, "people/to_provider.html", context)
    response.headers["Refresh"] = f"0; url={address}"
    return response


def _connected(request: HttpRequest, identity: Identity, user_id: int) -> HttpResponse:
    if not isinstance(request.user, User) or request.user.pk != user_id:
        return _did_not_work(request, identity.provider, "stale")
    told = {"provider": identity.provider_name, "shown": identity.shown}
    try:
        services.connect(user=request.user, identity=identity)
    except services.Taken:
        messages.error(request, _("%(shown)s at %(provider)s is connected with another account here.") % told)
    else:
        messages.success(request, _("%(provider)s is connected: next time you can sign in with it.") % told)
    return redirect("people:account")


def _did_not_work(request: HttpRequest, provider: str, reason: str) -> HttpResponse:
    context = {"provider": NAMES[provider], "reason": reason}
    return render(request, "people/provider_failed.html", context, status=400)
