"""Who may touch what of people's things: one function per protected object."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from kafedra.web.people.models import AccessToken, DomainRule, Invitation, InvitationRequest, Membership, User
from kafedra.web.people.runs import RunAccess, access_run_as_instructor, one_of_run

P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send anonymous visitors to the sign-in page, and back afterwards."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(cast("SignedInRequest", request), *args, **kwargs)
        if getattr(request, "htmx", False):  # a page left open: move all of it, not the part that was asked for
            return HttpResponseClientRedirect(_door(_came_from(request)))
        if request.method in ("GET", "HEAD"):
            return redirect(_door(request.get_full_path()))
        return redirect(_door(_came_from(request), unsent="1"))  # where a form goes there is often nothing to read

    return checked


def _door(back_to: str, **more: str) -> str:
    """The address of the sign-in page, which leads to `back_to` afterwards."""
    asked = more | ({"next": back_to} if back_to else {})
    return reverse("people:sign_in") + (f"?{urlencode(asked, safe='/')}" if asked else "")


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the request was made from, or an empty string."""
    address, host = request.headers.get("Referer", ""), request.get_host()
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={host}, require_https=request.is_secure()):
        return ""
    page = urlsplit(address)
    return urlunsplit(("", "", page.path, page.query, ""))


def access_invitation(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Invitation]:
    """An invitation of the run, for its instructors; Http404 when the run has no such invitation."""
    rows = Invitation.objects.all()
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)


def access_request(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, InvitationRequest]:
    """A request to join the run, for its instructors; Http404 when the run has no such request."""
    rows = InvitationRequest.objects.select_related("run")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)


def access_domain(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, DomainRule]:
    """A domain rule of the run, for its instructors; Http404 when the run has no such rule."""
    rows = DomainRule.objects.select_related("run")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)


def access_member(user: User | AnonymousUser, run_slug: str, pk: int) -> tuple[RunAccess, Membership]:
    """A member of the run, for its instructors; Http404 when the run has no such member."""
    rows = Membership.objects.select_related("run", "user")
    return one_of_run(access_run_as_instructor(user, run_slug), rows, pk)


def access_token(user: User, pk: int) -> AccessToken:
    """One's own token; Http404 for anybody else's."""
    token = AccessToken.objects.filter(user=user, pk=pk).first()
    if token is None:
        raise Http404
    return token


def access_connection(user: User, pk: int) -> SocialAccount:
    """One's own connection with a provider; Http404 for anybody else's."""
    connection = SocialAccount.objects.filter(user=user, pk=pk).first()
    if connection is None:
        raise Http404
    return connection
