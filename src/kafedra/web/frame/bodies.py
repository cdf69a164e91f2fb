"""Addresses to which more may be sent than to other pages, by people who are signed in."""

from __future__ import annotations

from dataclasses import dataclass

from kafedra.web.frame.hook import Hook


@dataclass(frozen=True, slots=True)
class Larger:
    """Whose path is matched whole by `pattern` takes up to `most` bytes."""

    pattern: str
    most: int


LARGER: Hook[[], Larger] = Hook("addresses that take more")
