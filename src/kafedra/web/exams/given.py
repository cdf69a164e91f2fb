"""What a marker gives to a part, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kafedra.web.exams.models import Paper


class Refused(Exception):
    """What can't be done now; the message says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a marker gives to a part. `seen` is the version of the mark that the page showed; 0: there was none."""

    paper: Paper
    place: int
    part: int
    points: Decimal
    reason: str
    seen: int = 0
