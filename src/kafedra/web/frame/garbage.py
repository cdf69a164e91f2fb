"""Python's collector of garbage, told what a server of pages is like."""

from __future__ import annotations

import gc
from typing import Final

# Objects made and not yet gone since the last look. A page about three hundred students makes a hundred thousand that
# live until it is answered: looking at them in the middle took up to a sixth of its time. Nearly all go by themselves
# (`rendering` sees to it), so that the count falls again, and some two hundred pages pass between two looks.
_THRESHOLD: Final = 250_000


def be_patient() -> None:
    """Look for garbage seldom."""
    gc.set_threshold(_THRESHOLD, 20, 100)


def keep() -> None:
    """What is there now stays as long as the process: code, the course. It is not looked at again for garbage."""
    gc.collect()
    gc.freeze()
