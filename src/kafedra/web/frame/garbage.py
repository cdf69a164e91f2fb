"""Python's collector of garbage, told what a server of pages is like."""

from __future__ import annotations

import gc
from typing import Final

# Objects made since the last look. A page about three hundred students makes a hundred thousand that live until it is
# answered; looking at them every 700 (Python's own default) took a third of its time.
_THRESHOLD: Final = 50_000


def be_patient() -> None:
    """Look for garbage seldom."""
    gc.set_threshold(_THRESHOLD, 20, 100)


def keep() -> None:
    """What is there now stays as long as the process: code, the course. It is not looked at again for garbage."""
    gc.collect()
    gc.freeze()
