"""What a process is to see from behind the wall, and what it is to run there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is not named here is not there: no other file of the machine, no network, no variable.

    ``user``: whom root becomes; None for anybody else, who stays who they are. Absolute paths throughout.
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    read_only: tuple[str, ...]  # folders and files
    devices: tuple[str, ...]  # that may be opened
    links: dict[str, str]  # path -> what it points to
    scratch: str  # a folder that may be written to; it ends with the processes inside
    user: int | None

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        found: dict[str, Any] = json.loads(text)
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        return cls(**{**found, **lists})
