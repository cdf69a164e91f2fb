"""What becomes of a reviewer's works when they review no longer."""

from __future__ import annotations

from django.utils.translation import ngettext

from kafedra.web.people.hooks import Belongings
from kafedra.web.people.models import Membership, User
from kafedra.web.reviews.models import Claim
from kafedra.web.reviews.services.claims import free_all


def reviews_no_longer(membership: Membership, by: User) -> str:
    """Let others take everything that the member had; how many of these works wait, in a sentence."""
    number = free_all(run=membership.run, holder=membership.user, by=by)
    text = ngettext(
        "%(n)d work that waits for a review was with them and is free again.",
        "%(n)d works that wait for a review were with them and are free again.",
        number,
    )
    return text % {"n": number} if number else ""


def works_of(membership: Membership) -> Belongings:
    """How many works would become free."""
    number = Claim.objects.filter(repository__run=membership.run, holder=membership.user).count()
    text = ngettext(
        "%(n)s work that is with them becomes free; what they drafted stays",
        "%(n)s works that are with them become free; what they drafted stays",
        number,
    )
    return Belongings(ends=[text % {"n": number}] if number else [])
