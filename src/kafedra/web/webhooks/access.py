"""Who may touch webhooks: whose they are."""

from __future__ import annotations

from django.http import Http404

from kafedra.web.people.models import User
from kafedra.web.webhooks.models import Delivery, Webhook


def access_webhook(user: User, pk: int) -> Webhook:
    """One's own webhook; Http404 for anybody else's."""
    found = Webhook.objects.select_related("run", "user").filter(user=user, pk=pk, removed_at=None).first()
    if found is None:
        raise Http404
    return found


def access_delivery(user: User, webhook: int, pk: int) -> Delivery:
    """What was sent to one's own webhook; Http404 for anybody else's."""
    hook = access_webhook(user, webhook)
    found = hook.deliveries.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
