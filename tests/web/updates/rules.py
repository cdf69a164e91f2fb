"""Who gets what of the addresses of new versions."""

from __future__ import annotations

from tests.web.cases import INSTRUCTORS, INSTRUCTORS_ERR, Rule

RULES = {
    "updates:newest": (Rule("GET", (200,) * 6, ("run", "slug")),),
    "updates:update": (
        Rule("GET", INSTRUCTORS, ("run", "slug")),
        Rule("POST", INSTRUCTORS_ERR, ("run", "slug")),
    ),
}
