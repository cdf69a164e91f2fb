"""Invitation links: what the invited sees, and what the instructor does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kafedra.web.frame.language import spoken
from kafedra.web.people import selectors, services
from kafedra.web.people.access import SignedInRequest, access_invitation, signed_in
from kafedra.web.people.forms import ArrivalForm, RegisterForm
from kafedra.web.people.links import pending
from kafedra.web.people.links.views import BACKEND, remember
from kafedra.web.people.logins import suggested
from kafedra.web.people.models import Role, User
from kafedra.web.people.providers.protocol import Identity, configured
from kafedra.web.people.providers.services import Taken
from kafedra.web.people.providers.services import register as register_with
from kafedra.web.people.providers.views import arriving, forget_arrival
from kafedra.web.people.selectors import InvitationView
from kafedra.web.runs import course
from kafedra.web.runs.addresses import home_of


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation link leads: a new account, or one more run for an old one."""
    view = selectors.invitation_by_token(token)
    if view is None or view.invitation.run.slug not in course.current().runs:
        return render(request, "people/invitation.html", {"view": None}, status=404)
    if isinstance(request.user, User):
        return _for_member(request, view, request.user)
    if getattr(request, "htmx", False) and view.is_open:
        return _suggested_login(request)
    if "password" in request.GET:
        forget_arrival(request)
    identity = arriving(request, token)
    form = _form(request, view, identity)
    if view.is_open and request.method == "POST" and form.is_valid():
        try:
            return _register(request, view, form, identity)
        except IntegrityError:  # somebody took the login between the check and the write
            form.add_error("username", _("This login is taken. Please choose another one."))
        except Taken:  # the same person joined in another window
            forget_arrival(request)
            return redirect("people:sign_in")
        except services.InvitationUnusable as problem:
            view = InvitationView(view.invitation, problem.reason)
    return _page(request, view, form, identity)


def _form(request: HttpRequest, view: InvitationView, identity: Identity | None) -> RegisterForm:
    asked = selectors.request_behind(view.invitation)
    initial = {"display_name": asked.name} if asked else {}
    data = request.POST if request.method == "POST" else None
    if identity is None:
        login_of_name = {"username": suggested(asked.name)} if asked else {}
        return RegisterForm(data, initial=initial | login_of_name, knows_email=asked is not None)
    known = {"display_name": identity.name, "username": selectors.free_login(identity.login)}
    return ArrivalForm(data, initial=known | initial, knows_email=True)


def _suggested_login(request: HttpRequest) -> HttpResponse:
    """The field of the login alone, filled in from the name; nothing for whoever has chosen one already."""
    login_of_name = suggested(request.GET.get("display_name", ""))
    if request.GET.get("username", "").strip() or not login_of_name:
        return HttpResponse(status=204)
    form = RegisterForm(initial={"username": login_of_name})
    return render(request, "people/_login.html", {"field": form["username"]})


def _register(
    request: HttpRequest, view: InvitationView, form: RegisterForm, identity: Identity | None
) -> HttpResponse:
    told = {name: form.cleaned_data[name] for name in ("username", "display_name")}
    told |= {"invitation": view.invitation, "language": spoken()}
    if identity is None:
        membership = services.register(password=form.cleaned_data["password"], **told)
    else:
        membership = register_with(identity=identity, **told)
        forget_arrival(request)
    login(request, membership.user, backend=BACKEND)
    remember(request, identity.provider if identity else "invitation")
    if email := form.cleaned_data.get("email"):
        pending.ask(request, membership.user, email)
    return _welcome(request, view)


def _for_member(request: HttpRequest, view: InvitationView, user: User) -> HttpResponse:
    if request.method == "POST":
        try:
            services.accept_invitation(invitation=view.invitation, user=user)
        except services.InvitationUnusable as problem:
            view = InvitationView(view.invitation, problem.reason)
        else:
            return _welcome(request, view)
    elif selectors.memberships(user).filter(run=view.invitation.run, role=view.invitation.role).exists():
        return redirect(home_of(view.invitation.run))
    return _page(request, view, None)


def _welcome(request: HttpRequest, view: InvitationView) -> HttpResponse:
    messages.success(request, _("Welcome! You are in the course now."))
    return redirect(home_of(view.invitation.run))


def _page(
    request: HttpRequest, view: InvitationView, form: RegisterForm | None, identity: Identity | None = None
) -> HttpResponse:
    status = 410 if not view.is_open else 422 if form is not None and form.is_bound else 200
    context = {
        "view": view,
        "facts": course.current().runs[view.invitation.run.slug],
        "form": form,
        "role": Role(view.invitation.role),
        "identity": identity,
        "providers": configured(),
    }
    return render(request, "people/invitation.html", context, status=status)


@signed_in
@require_POST
def revoke(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """Close an invitation link."""
    access, chosen = access_invitation(request.user, run, pk)
    services.revoke_invitation(invitation=chosen, by=request.user)
    messages.success(request, _("The link is closed. Those who came by it stay."))
    place = "?invited=open#invited" if selectors.request_behind(chosen) else "#invite"
    return redirect(reverse("people:people", args=[access.run.slug]) + place)
