"""What the set-up says on its way: calm lines, and one that is rewritten where there is a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import time

_REWRITE_SECONDS = 0.2
_REPEAT_SECONDS = 15.0  # where there is no terminal, a line says now and then that it goes on


class Stopped(Exception):
    """The set-up can't go on. The text is one sentence that says what to do."""


_live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
_shown_at = time.monotonic()


def say(text: str) -> None:
    """A line that stays."""
    global _shown_at
    sys.stderr.write(f"{_wipe()}  {text}\n")
    sys.stderr.flush()
    _shown_at = time.monotonic()


def show(text: str) -> None:
    """How it stands at this moment; the next line takes its place."""
    global _shown_at
    now = time.monotonic()
    if now - _shown_at < (_REWRITE_SECONDS if _live else _REPEAT_SECONDS):
        return
    width = shutil.get_terminal_size().columns - 3
    sys.stderr.write(f"{_wipe()}  {text[:width]}" if _live else f"  {text}\n")
    sys.stderr.flush()
    _shown_at = now


def _wipe() -> str:
    return "\r\033[K" if _live else ""


def duration(seconds: float) -> str:
    """``8 s``, ``3 min 20 s``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def size(count: float) -> str:
    """Of `count` bytes: ``310 MB``, ``2.9 GB``."""
    return f"{count / 1e9:.1f} GB" if count >= 0.95e9 else f"{count / 1e6:.0f} MB"
