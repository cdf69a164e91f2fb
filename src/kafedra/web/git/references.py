"""Names of git's that mean something here."""

from __future__ import annotations

MAIN = "refs/heads/main"


NOTHING = "0" * 40
