"""Whoever a case is about does not learn from it who the other is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kafedra.web.people.models import User

HIDDEN = "▒▒▒"
_SHORTEST = 3


def names_in(text: str, people: Iterable[User]) -> list[str]:
    """The parts of these people's names, logins and addresses that `text` has, as it has them."""
    return list(dict.fromkeys(match[0] for one in people for match in _pattern(one).finditer(text)))


def without_names(text: str, people: Iterable[User]) -> str:
    """The text with every such part hidden."""
    for one in people:
        text = _pattern(one).sub(HIDDEN, text)
    return text


def _pattern(person: User) -> re.Pattern[str]:
    parts = {person.username, person.email, person.email.partition("@")[0], *person.display_name.split()}
    words = sorted((one for one in parts if len(one) >= _SHORTEST), key=len, reverse=True)
    either = "|".join(re.sub("[её]", "[её]", re.escape(one.casefold())) for one in words) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
