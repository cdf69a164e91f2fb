"""The facts that a grade follows from, as they are kept beside it, and what has changed of them since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kafedra.course import Run as RunFacts
from kafedra.web.frame.language import spoken
from kafedra.web.frame.numbers import written
from kafedra.web.runs.terms.values import Terms, as_json
from kafedra.web.standings.personal import PersonalStanding


def facts_of(personal: PersonalStanding, terms: str) -> dict[str, Any]:
    """Points by assignment, marks and blitzes by name, whether a case zeroes them; `terms` as `terms_digest` says."""
    return {
        "works": {
            slug: str(score.points.normalize() + 0) for slug, score in personal.scores.items() if score is not None
        },
        "marks": {name: str(value.normalize() + 0) for name, value in sorted(personal.marks.items())},
        "zeroed": personal.standing.zeroed,
        "terms": terms,
    }


def terms_digest(terms: Terms) -> str:
    """A name for the formula and for what assignments are worth. Deadlines and penalty show in the points."""
    document = as_json(terms)
    worth = [(one["slug"], one["points"], one["bonus"]) for one in document["assignments"]]
    return digest_of({"formula": document["formula"], "worth": worth})


def digest_of(document: object) -> str:
    """SHA-256 of the document as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that is not what it was; both as they are shown, empty for nothing."""

    title: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any], run: RunFacts) -> Iterator[FactChange]:
    """What has changed between two sets of facts, as the page calls it."""
    titles = {work.slug: work.title.in_(spoken()) for work in run.works}
    titles |= {name: title.in_(spoken()) for name, title in run.mark_titles.items()}
    for part in ("works", "marks"):
        for name in dict.fromkeys([*before[part], *after[part]]):
            was, now = before[part].get(name), after[part].get(name)
            if was != now:
                yield FactChange(titles.get(name, name), _shown(was), _shown(now))
    if before["zeroed"] != after["zeroed"]:
        was, now = (_("homework is zero") if one["zeroed"] else "" for one in (before, after))
        yield FactChange(_("Integrity case"), was, now)
    if before["terms"] != after["terms"]:
        yield FactChange(_("Formula and points of assignments"), _("as they were"), _("changed"))


def _shown(value: str | None) -> str:
    return "" if value is None else written(Decimal(value))
