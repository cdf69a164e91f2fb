"""Sharing free work out: who gets what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kafedra.web.people.models import User
from kafedra.web.reviews.models import Publication
from kafedra.web.reviews.queue import WaitingForReview
from kafedra.web.runs.models import Run


def shared_out(
    items: Sequence[WaitingForReview], people: Sequence[User], earlier: Mapping[int, int]
) -> dict[int, User]:
    """Who shall have which free work: whoever reviewed it before (`earlier`, by repository), else who has least.

    People are equally loaded in the end, up to one, as far as what they have already allows.
    """
    if not people:
        return {}
    by_id = {person.pk: person for person in people}
    load = Counter(dict.fromkeys(by_id, 0))
    load.update(item.holder.pk for item in items if item.holder is not None and item.holder.pk in by_id)
    given: dict[int, User] = {}
    for item in items:
        if item.free:
            before = by_id.get(earlier.get(item.repository, 0))
            chosen = before or min(people, key=lambda person: (load[person.pk], people.index(person)))
            load[chosen.pk] += 1
            given[item.repository] = chosen
    return given


def earlier_reviewers(run: Run) -> dict[int, int]:
    """Who published the newest review of each work, by repository."""
    rows = Publication.objects.filter(review__submission__repository__run=run).order_by("published_at", "pk")
    return dict(rows.values_list("review__submission__repository", "published_by"))
