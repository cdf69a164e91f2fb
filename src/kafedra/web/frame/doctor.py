"""What `kafedra doctor` looks at: each app adds what it needs of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

from kafedra.web.frame.hook import Hook


class Health(StrEnum):
    """`broken` stops the server's work or a part of it, `warn` does not."""

    OK = "ok"
    WARN = "warn"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` is what to do unless it is well."""

    what: str
    health: Health
    detail: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def finding(what: str, well: bool, detail: str, remedy: str, otherwise: Health = Health.BROKEN) -> Finding:
    """`well`, or else with what to do about it."""
    return Finding(what, Health.OK, detail) if well else Finding(what, otherwise, detail, remedy)


CHECKS: Hook[[], Iterator[Finding]] = Hook("what the doctor looks at")
