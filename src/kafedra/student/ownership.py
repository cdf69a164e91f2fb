"""Whose work a clone holds, and who cloned it: `kafedra check` runs the code here, without a sandbox."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Theirs:
    """Somebody else's work: the login of its author, and the assignment."""

    owner: str
    assignment: str


def work_of_another(folder: Path) -> Theirs | None:
    """Whose repository was cloned into ``folder`` by somebody else; None for one's own.

    The address of the clone names both, as the course gives it out:
    ``https://cloned-by@host/git/run/assignment/owner.git``.
    None, too, where it does not tell: a folder that is no clone, an address without a login.
    """
    try:
        told = subprocess.run(
            ["git", "-C", str(folder), "remote", "get-url", "origin"],
            capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=True,
        )  # fmt: skip
        parts = urlsplit(told.stdout.strip())
        cloned_by = unquote(parts.username or "")
        _run, assignment, repository = parts.path.removeprefix("/git/").split("/")
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    owner = unquote(repository.removesuffix(".git"))
    if not cloned_by or not parts.path.startswith("/git/") or owner == cloned_by:
        return None
    return Theirs(owner, unquote(assignment))
