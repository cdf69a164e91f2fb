"""Tells the postman of this process that there is a letter. Nobody hears it elsewhere, so he also looks by himself."""

from __future__ import annotations

import threading

_bell = threading.Event()


def ring() -> None:
    """There may be something to send now. Costs nothing, from any thread."""
    _bell.set()


def silence() -> None:
    """Whoever hears it is about to look."""
    _bell.clear()


def wait(seconds: float) -> None:
    """Until somebody rings, `seconds` at most."""
    _bell.wait(seconds)
