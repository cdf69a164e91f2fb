"""Python's collector of garbage, told what a server of pages is like."""

from __future__ import annotations

import gc
from typing import Final

# Objects made and not yet gone since the last look. A page about three hundred students makes a hundred thousand that
# live until it is answered; looking every 700 (Python's own default) took a third of its time. Not more than this: what
# ended threads leave behind, connections to the database among it, is closed by the look; at five times as many
# PostgreSQL had no connection left in the middle of a blitz.
_THRESHOLD: Final = 50_000


def be_patient() -> None:
    """Look for garbage seldom."""
    gc.set_threshold(_THRESHOLD, 20, 100)


def keep() -> None:
    """What is there now stays as long as the process: code, the course. It is not looked at again for garbage."""
    gc.collect()
    gc.freeze()
