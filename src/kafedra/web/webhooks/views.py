"""One's webhooks, and what was sent to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kafedra.web.people.access import SignedInRequest, signed_in
from kafedra.web.people.runs import RunAccess, access_run
from kafedra.web.people.selectors import runs_of
from kafedra.web.webhooks import selectors, services
from kafedra.web.webhooks.access import access_delivery, access_webhook
from kafedra.web.webhooks.events import body
from kafedra.web.webhooks.forms import WebhookForm
from kafedra.web.webhooks.models import PING, Event, Webhook


@signed_in
@require_safe
def webhooks(request: SignedInRequest) -> HttpResponse:
    """All of one's webhooks, and a form for another."""
    return _page(request)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest) -> HttpResponse:
    """Add an address and show its secret: in this answer and never again."""
    if request.method != "POST":  # reloading or bookmarking the answer must not end in a bare error
        return redirect("webhooks:webhooks")
    known = selectors.of_person(request.user)
    form = WebhookForm(_runs(request), len(known), request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    data = form.cleaned_data
    row = services.register(
        user=request.user, run=form.runs[data["run"]].run, address=data["address"],
        events=[Event(one) for one in data["events"]], everybody=data.get("everybody", False),
    )  # fmt: skip
    return _page(request, new=row)


@signed_in
@require_safe
def webhook(request: SignedInRequest, pk: int) -> HttpResponse:
    """One address, and what was sent to it last."""
    found = access_webhook(request.user, pk)
    context = {"webhook": found, "events": _events(found), "deliveries": selectors.latest(found)}
    return render(request, "webhooks/webhook.html", context)


@signed_in
@require_POST
def test(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send something that means nothing."""
    found = access_webhook(request.user, pk)
    if found.off_at is None:
        services.send(webhooks=[found], event=PING, body=body(PING, {"run": found.run.slug}))
        messages.success(request, _("A test message is on its way. Reload the page in a moment."))
    return redirect("webhooks:webhook", pk)


@signed_in
@require_POST
def switch_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin again, if one still belongs to the run."""
    found = access_webhook(request.user, pk)
    if selectors.may_hear(found):
        services.switch_on(webhook=found)
        messages.success(request, _("The webhook is switched on again."))
    else:
        messages.error(request, _("It stays switched off: your role in the run doesn't allow it any more."))
    return redirect("webhooks:webhook", pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_secret(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new secret, shown in this answer and never again."""
    found = access_webhook(request.user, pk)
    if request.method != "POST":  # as in `register`
        return redirect("webhooks:webhook", pk)
    return _page(request, new=services.change_secret(webhook=found))


@signed_in
@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget the address."""
    services.remove(webhook=access_webhook(request.user, pk))
    messages.success(request, _("The webhook is removed."))
    return redirect("webhooks:webhooks")


@signed_in
@require_POST
def again(request: SignedInRequest, pk: int, delivery: int) -> HttpResponse:
    """Send a message once more."""
    services.send_again(delivery=access_delivery(request.user, pk, delivery))
    messages.success(request, _("It is on its way once more."))
    return redirect("webhooks:webhook", pk)


def _runs(request: SignedInRequest) -> list[RunAccess]:
    return [access_run(request.user, run.slug) for run in runs_of(request.user)]


def _events(found: Webhook) -> list[Event]:
    return [Event(one) for one in found.events]


def _page(request: SignedInRequest, status: int = 200, **special: Any) -> HttpResponse:
    known = selectors.of_person(request.user)
    rows = [(row, _events(row)) for row in known]
    context = {"webhooks": rows, "form": WebhookForm(_runs(request), len(known)), **special}
    return render(request, "webhooks/webhooks.html", context, status=status)
