"""What the machine has to be: Linux, with room on the disk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from telling import Stopped, size


def require_linux() -> None:
    """Raises Stopped elsewhere: the sandbox is made of what only Linux has."""
    if sys.platform != "linux":
        raise Stopped(
            "kafedra's server needs Linux, because its sandbox is made of namespaces: take a virtual machine, or WSL 2 "
            "on Windows (docs/use/operator.md); students need no server, their README says what to install"
        )


def require_room(needs: Mapping[Path, float], what: str) -> None:
    """`needs`: bytes wanted below each folder; folders on the same disk share it. Raises Stopped."""
    by_disk: dict[int, tuple[Path, float]] = {}
    for folder, wanted in needs.items():
        there = next(one for one in (folder, *folder.parents) if one.exists())
        first, sofar = by_disk.get(there.stat().st_dev, (there, 0.0))
        by_disk[there.stat().st_dev] = first, sofar + wanted
    for folder, wanted in by_disk.values():
        free = shutil.disk_usage(folder).free
        if free < wanted:
            raise Stopped(
                f"{what} needs {size(wanted)} of free disk while it is installed, and {folder} has {size(free)}: "
                "make room there, then run make again"
            )
