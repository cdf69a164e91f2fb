"""What becomes of somebody's webhooks when they leave a run, or its staff."""

from __future__ import annotations

from django.utils.translation import ngettext

from kafedra.web.people.hooks import Belongings
from kafedra.web.people.models import Membership, User
from kafedra.web.webhooks.models import Off, Webhook
from kafedra.web.webhooks.services import switch_off


def left(membership: Membership, _by: User) -> str:
    """None of their addresses hears of the run any more."""
    return _switched_off(list(_alive(membership)), Off.LEFT)


def ends(membership: Membership) -> Belongings:
    """How many would hear no more."""
    number = len(_alive(membership))
    text = ngettext("%(n)d webhook of theirs is switched off", "%(n)d webhooks of theirs are switched off", number)
    return Belongings(ends=[text % {"n": number}] if number else [])


def stepped_down(membership: Membership, _by: User) -> str:
    """Those that heard of every student don't."""
    return _switched_off([one for one in _alive(membership) if one.everybody], Off.STUDENT)


def _alive(membership: Membership) -> list[Webhook]:
    return list(Webhook.objects.filter(user=membership.user, run=membership.run, off_at=None, removed_at=None))


def _switched_off(webhooks: list[Webhook], because: Off) -> str:
    off = sum(switch_off(webhook=one, because=because) for one in webhooks)
    if not off:
        return ""
    return ngettext("%(n)d webhook is switched off.", "%(n)d webhooks are switched off.", off) % {"n": off}
