"""The lines of the record about belonging to a run."""

from __future__ import annotations

from collections.abc import Mapping

from kafedra.web.people.models import Membership, User
from kafedra.web.record.services import Value
from kafedra.web.record.services import note as record
from kafedra.web.record.verbs import Verb


def record_membership(
    verb: Verb,
    membership: Membership,
    by: User | None,
    *,
    before: Mapping[str, Value] | None = None,
    after: Mapping[str, Value] | None = None,
    why: str = "",
) -> None:
    """One line that concerns the member; without `by` they did it themselves."""
    user = membership.user
    record(
        who=by or user, verb=verb, about=membership, label=user.username, run=membership.run, concerns=user,
        before=before, after=after, why=why,
    )  # fmt: skip
