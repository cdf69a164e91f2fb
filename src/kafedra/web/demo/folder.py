"""The example's data folder: made anew each time, and never somebody's real one."""

from __future__ import annotations

import shutil
from pathlib import Path

_MARK = ".made-by-kafedra-demo"


class NotADemo(RuntimeError):
    """There is something in the folder that the demo did not make."""


def fresh(folder: Path) -> None:
    """An empty folder, whatever an earlier demo left there. Raises NotADemo."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise NotADemo(f"{folder} holds something that the demo did not make; choose another folder with --data")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()
