"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.frame.addresses import safe_address
from kafedra.web.people import devices, throttle
from kafedra.web.people.forms import SignInForm
from kafedra.web.people.hashing import TooManyAtOnce
from kafedra.web.people.links.views import remember
from kafedra.web.people.providers.protocol import configured
from kafedra.web.people.selectors import login_of
from kafedra.web.runs.addresses import first_page


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door. A wrong login and a wrong password look the same."""
    following = safe_address(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.user.is_authenticated:
        return HttpResponseRedirect(following or first_page())
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _enter(request, form):
        return HttpResponseRedirect(following or first_page())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "next": following, "unsent": "unsent" in request.GET, "providers": configured()}
    return render(request, "people/sign_in.html", context, status=status)


def _enter(request: HttpRequest, form: SignInForm) -> bool:
    # Guesses count against the account, by whichever of its two names they come.
    username = login_of(form.cleaned_data["username"])
    mark = devices.mark_of(request, username)
    limit, place = throttle.password_limit(mark=mark, address=request.META.get("REMOTE_ADDR", ""))
    if throttle.refused(limit, who=username, address=place):
        form.add_error(None, _("Too many attempts. Please wait a quarter of an hour and try again."))
        return False
    try:
        user = authenticate(request, username=username, password=form.cleaned_data["password"])
    except TooManyAtOnce:
        form.add_error(None, _("Very many people are signing in at this moment. Please try again in a minute."))
        return False
    if user is None:
        form.add_error(None, _("The login or the password is wrong. Check the keyboard layout and Caps Lock."))
        return False
    throttle.forget(limit, who=username, address=place)
    login(request, user)
    remember(request, "password")
    return True


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the session is destroyed."""
    logout(request)
    return redirect("people:sign_in")
