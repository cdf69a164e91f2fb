"""Whose work a clone holds, and who cloned it: `kafedra check` runs the code here, without a sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kafedra.student.origin import origin_of


@dataclass(frozen=True)
class Theirs:
    """Somebody else's work: the login of its author, and the assignment."""

    owner: str
    assignment: str


def work_of_another(folder: Path) -> Theirs | None:
    """Whose repository was cloned into ``folder`` by somebody else; None for one's own.

    None, too, where the clone's address does not tell: a folder that is no clone, an address without a login.
    """
    origin = origin_of(folder)
    if origin is None or origin.cloned_by in ("", origin.owner):
        return None
    return Theirs(origin.owner, origin.assignment)
