"""Where a clone came from: the course's address of its repository."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

_PATIENCE_SECONDS: Final = 5.0  # git answers at once, on a busy machine too
_PLACE: Final = "/git/"


@dataclass(frozen=True, slots=True)
class Origin:
    """``https://cloned-by@host/git/run/assignment/owner.git``, taken apart; ``cloned_by`` is empty without a login."""

    address: SplitResult
    cloned_by: str
    run: str
    assignment: str
    owner: str


def origin_of(folder: Path) -> Origin | None:
    """None for a folder that is no clone, and for one that did not come from a course."""
    try:
        told = subprocess.run(
            ["git", "-C", str(folder), "remote", "get-url", "origin"],
            capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=True,
        )  # fmt: skip
        address = urlsplit(told.stdout.strip())
        if not address.path.startswith(_PLACE):
            return None
        run, assignment, repository = map(unquote, address.path.removeprefix(_PLACE).split("/"))
        return Origin(address, unquote(address.username or ""), run, assignment, repository.removesuffix(".git"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
