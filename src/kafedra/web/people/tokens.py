"""The token for git that comes with an accepted assignment: shown in one answer, which may get lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from kafedra.web import clock
from kafedra.web.people import selectors, services

if TYPE_CHECKING:
    from kafedra.web.people.models import User

LABEL = "git"
LOST_WITHIN = timedelta(minutes=10)


@transaction.atomic
def token_with_acceptance(*, user: User, accepted_at: datetime) -> str:
    """A token for whoever has none; empty for everybody else, whose token is known to them already.

    A browser drops the answer to the first of two clicks, and with it a token that nobody has seen. One that this
    very acceptance has brought, minutes ago, and that was never used is therefore replaced.
    """
    tokens = list(selectors.live_tokens(user))
    lost = [
        row
        for row in tokens
        if row.label == LABEL
        and row.last_used_at is None
        and accepted_at <= row.created_at
        and clock.now() - row.created_at < LOST_WITHIN
    ]
    if len(lost) < len(tokens):
        return ""
    for row in lost:
        services.revoke_token(token=row)
    _row, token = services.issue_token(user=user, label=LABEL)
    return token
