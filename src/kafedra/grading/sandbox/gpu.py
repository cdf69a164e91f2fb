"""The GPUs of this machine, as device files. Nothing else makes one visible to a sandbox."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_DEVICES: Final = Path("/dev")
_CARD: Final = re.compile(r"nvidia(\d+)")
# the driver's doors that every program needs beside its card
_SHARED: Final = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools")


def cards(devices: Path = _DEVICES) -> tuple[int, ...]:
    """Numbers of the cards that there are; none where the driver's own door is missing."""
    if not (devices / _SHARED[0]).exists():
        return ()
    found = (_CARD.fullmatch(entry.name) for entry in devices.iterdir())
    return tuple(sorted(int(match[1]) for match in found if match))


def device_files(card: int, devices: Path = _DEVICES) -> tuple[str, ...]:
    """What a sandbox must see to use this card and no other."""
    wanted = (f"nvidia{card}", *_SHARED)
    return tuple(str(devices / name) for name in wanted if (devices / name).exists())
