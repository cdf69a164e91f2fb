"""One's own account: tokens for git, password, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web.people import devices, selectors, services, throttle
from kafedra.web.people.access import SignedInRequest, access_token, signed_in
from kafedra.web.people.forms import NewAddressForm, PasswordForm, TokenForm
from kafedra.web.people.hooks import account_sections
from kafedra.web.people.links.pending import pending
from kafedra.web.people.providers.selectors import ways


@signed_in
@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    """Everything that belongs to a person rather than to a run."""
    return page(request)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def create_token(request: SignedInRequest) -> HttpResponse:
    """Make a token and show it: in this answer and never again."""
    if request.method != "POST":  # reloading or bookmarking the answer must not end in a bare error
        return redirect("people:account")
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, token_form=form, status=422)
    _row, token = services.issue_token(user=request.user, label=form.cleaned_data["label"])
    return page(request, new_token=token)


@signed_in
@require_POST
def revoke_token(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a token useless."""
    services.revoke_token(token=access_token(request.user, pk))
    return back(request, "tokens", _("The token no longer works."))


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Change the password; this session stays, the others end."""
    if request.method != "POST":
        return redirect("people:account")
    form = PasswordForm(request.user, request.POST)
    # Whoever sits down at an open browser guesses no more often than at the door.
    mark = devices.mark_of(request, request.user.username)
    limit, place = throttle.password_limit(mark=mark, address=request.META.get("REMOTE_ADDR", ""))
    if throttle.refused(limit, who=request.user.username, address=place):
        form = PasswordForm(request.user)
        words = _("Too many attempts. Please wait a quarter of an hour and try again.")
        return page(request, password_form=form, password_trouble=words, status=422)
    if not form.is_valid():
        return page(request, password_form=form, status=422)
    throttle.forget(limit, who=request.user.username, address=place)
    services.change_password(user=request.user, password=form.cleaned_data["new"])
    update_session_auth_hash(request, request.user)
    return back(request, "password", _("The password is changed. Other devices were signed out."))


@signed_in
@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    services.end_sessions(user=request.user)
    update_session_auth_hash(request, request.user)
    return back(request, "sessions", _("Other devices were signed out."))


def back(request: SignedInRequest, section: str, words: str) -> HttpResponse:
    """To the section of the account where it was asked for: only there is the answer seen."""
    messages.success(request, words, extra_tags=section)
    return redirect(f"{reverse('people:account')}#{section}")


def page(request: SignedInRequest, status: int = 200, **special: Any) -> HttpResponse:
    """The account, with what has just happened on it."""
    told = list(messages.get_messages(request))
    context = {
        "messages": [message for message in told if not message.extra_tags],
        "told": {message.extra_tags: message for message in told if message.extra_tags},
        "pending_email": pending(request),
        "token_form": TokenForm(),
        "password_form": PasswordForm(request.user),
        "email_form": NewAddressForm(),
        "tokens": selectors.live_tokens(request.user),
        "sign_ins": selectors.sign_ins(request.user),
        "sign_ins_shown": selectors.SIGN_INS_SHOWN,
        "memberships": selectors.memberships(request.user),
        "ways": ways(request.user),
        "sections": account_sections(request.user),
        **special,
    }
    return render(request, "people/account.html", context, status=status)
