"""What telling asks of rooms above: who else hears of a piece of news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafedra.web.frame.hook import Hook

if TYPE_CHECKING:
    from kafedra.web.notices.kinds import News
    from kafedra.web.people.models import User
    from kafedra.web.runs.models import Run


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news for one person, whatever their wishes are."""

    user: User
    run: Run
    news: News
    path: str
    facts: Mapping[str, Any]


# In the transaction of the news.
TOLD: Hook[[Told], None] = Hook("who else hears of news")
