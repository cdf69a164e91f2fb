"""Invitations for one person: the letter once more. Revoking is as for every link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kafedra.web.people.access import SignedInRequest, access_request, signed_in
from kafedra.web.people.invited import services


@signed_in
@require_POST
def send_again(request: SignedInRequest, run: str, pk: int) -> HttpResponse:
    """The same link by another letter, valid for another month."""
    _access, asked = access_request(request.user, run, pk)
    if services.send_again(request=asked, by=request.user):
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": asked.email})
    else:
        messages.warning(request, _("No letter was sent: one has just gone out, or the link is used or revoked."))
    return redirect(reverse("people:people", args=[run]) + "?invited=open#invited")
