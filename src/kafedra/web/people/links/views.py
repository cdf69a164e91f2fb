"""Signing in by a link from a letter, and confirming an address."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kafedra.web.people import throttle
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.evenly import evenly
from kafedra.web.people.forms import AddressForm, NewAddressForm
from kafedra.web.people.links import pending, services
from kafedra.web.people.views import account
from kafedra.web.runs.addresses import first_page

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Where to send the link. The answer is the same whether anybody has this address or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    sent = request.method == "POST" and form.is_valid() and _send(request, form)
    status = 422 if request.method == "POST" and not sent else 200
    return render(request, "people/ask_for_link.html", {"form": form, "sent": sent}, status=status)


def _send(request: HttpRequest, form: AddressForm) -> bool:
    email, address = form.cleaned_data["email"], request.META.get("REMOTE_ADDR", "")
    if why := throttle.letter_refused(email=email, address=address):
        form.add_error(None, why)
        return False
    with evenly():
        services.send_links(email=email)
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button: mail programs open links to look at them, and must not use them up."""
    if request.method == "POST" and (user := services.use_link(token=token)):
        login(request, user, backend=BACKEND)
        remember(request, "link")
        return redirect(first_page())
    owner = services.link_owner(token)
    return render(request, "people/open_link.html", {"owner": owner}, status=200 if owner else 410)


def remember(request: HttpRequest, way: str) -> None:
    """Add a sign-in of this moment to the list of whoever has just signed in."""
    address, browser = request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")
    services.remember_sign_in(user=request.user, way=way, address=address, browser=browser)  # type: ignore[arg-type]  # just signed in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_email(request: SignedInRequest) -> HttpResponse:
    """Ask for a confirmation by the new address; an empty field stops all letters at once."""
    if request.method != "POST":
        return redirect("people:account")
    if not request.POST.get("email", "").strip():
        services.change_email(user=request.user, email="")
        pending.forget(request)
        return account.back(request, "email", _("You will get no letters any more."))
    form = NewAddressForm(request.POST)
    if not form.is_valid():
        return account.page(request, email_form=form, status=422)
    address = request.META.get("REMOTE_ADDR", "")
    email, me = form.cleaned_data["email"], f"confirm {request.user.pk}"
    why = throttle.letter_refused(email=me, address=address) or throttle.letter_refused(email=email, address=address)
    if why:
        form.add_error("email", why)
        return account.page(request, email_form=form, status=422)
    pending.ask(request, request.user, email)
    words = _("Open the link in the letter to %(email)s: then the address is yours.") % form.cleaned_data
    return account.back(request, "email", words)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: SignedInRequest, token: str) -> HttpResponse:
    """The link from the letter; a button here, too, so that only a person confirms."""
    email = services.confirmed_email(user=request.user, token=token)
    if email and request.method == "POST":
        services.change_email(user=request.user, email=email)
        pending.forget(request)
        return account.back(request, "email", _("Letters come to %(email)s from now on.") % {"email": email})
    return render(request, "people/confirm_email.html", {"email": email}, status=200 if email else 410)
