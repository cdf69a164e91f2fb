"""The page of people: who belongs to the run, who wants to, who was invited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import replace_url

from kafedra.web import clock
from kafedra.web.outbox.selectors import letters_of, outbox
from kafedra.web.people import selectors, services
from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.forms import InvitationForm
from kafedra.web.people.invited.selectors import awaited
from kafedra.web.people.joining.forms import DomainForm
from kafedra.web.people.members.selectors import Filter, groups
from kafedra.web.people.models import Role
from kafedra.web.people.runs import RunAccess, access_run_as_instructor
from kafedra.web.people.selectors import InvitationView


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest, run: str) -> HttpResponse:
    """Who belongs to the run, who wants to and who was invited. Htmx asks for the list only, as the filter is typed."""
    access = access_run_as_instructor(request.user, run)
    if request.htmx and request.method != "POST":
        shown = _roster(request, access)
        return replace_url(render(request, "people/_roster.html", shown), f"{request.path}{shown['filter'].query}")
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _invite(request, access, form)
        return redirect(reverse("people:people", args=[run]) + "#invite")
    invitations = [(view, _link(request, view)) for view in selectors.invitations(access.run)]
    is_open = sum(view.is_open for view, _address in invitations)
    context = {
        **_roster(request, access),
        "form": form,
        "invitations": invitations,
        "links": {"open": is_open, "closed": len(invitations) - is_open},
        "awaited": awaited(access.run),
        "requests": selectors.waiting_requests(access.run),
        "domains": access.run.domains.all(),
        "domain_form": DomainForm(),
        "join_link": request.build_absolute_uri(reverse("people:join", args=[run])),
        "outbox": outbox(letters_of(access.run)),
    }
    return render(request, "people/people.html", context, status=422 if form.is_bound else 200)


def _roster(request: SignedInRequest, access: RunAccess) -> dict[str, Any]:
    """The members whom the filter shows."""
    chosen = Filter(request.GET.get("q", "")[:100], request.GET.get("group", "")[:40])
    members = list(selectors.roster(access.run))
    return {
        "access": access,
        "filter": chosen,
        "everybody": members,
        "roster": [member for member in members if chosen.shows(member)],
        "groups": groups(members),
    }


def _invite(request: SignedInRequest, access: RunAccess, form: InvitationForm) -> None:
    days, data = form.cleaned_data["days"], form.cleaned_data
    services.invite(
        run=access.run,
        role=Role(data["role"]),
        created_by=request.user,
        note=data["note"],
        expires_at=clock.now() + timedelta(days=days) if days else None,
        max_uses=data["max_uses"],
    )
    messages.success(request, _("The link is ready: copy it and send it to those you invite."))


def _link(request: SignedInRequest, view: InvitationView) -> str:
    return request.build_absolute_uri(reverse("people:invitation", args=[view.invitation.token]))
