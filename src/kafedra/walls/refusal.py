"""A machine that does not let the sandbox be made: what was asked of it, and what it answered."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path


class Step(StrEnum):
    """What is done, in this order, for the outer wall; then the same without `ROOT` for each submission's jail."""

    PROCESS = "process"  # fork, exec
    USER_NAMESPACE = "user namespace"
    USER_MAP = "user map"
    NAMESPACES = "namespaces"
    MOUNT = "mount"
    ROOT = "root"
    IDENTITY = "identity"
    LIMITS = "limits"  # rlimits, capabilities, system call filter
    WATCH = "watch"  # to see what a submission has started


@dataclass(frozen=True, slots=True)
class Refusal:
    """``label``: the security label (AppArmor, SELinux) that the process had then, or nothing."""

    step: Step
    errno: int
    message: str
    label: str = ""
    inner: bool = False  # the jail of one submission, inside the outer wall

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Refusal | None:
        """None if the text is something else: a program's other last words."""
        try:
            found = json.loads(text)
            return cls(Step(found.pop("step")), **found)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


class Refused(Exception):
    """Raised where it happens; `refusal` goes to the one who started us."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@contextlib.contextmanager
def step(name: Step, *, inner: bool = False) -> Iterator[None]:
    """Turn an ``OSError`` into a :class:`Refused` that says where it happened."""
    try:
        yield
    except OSError as error:
        raise Refused(Refusal(name, error.errno or 0, str(error), label(), inner)) from None


def label() -> str:
    """This process's security label; "" where there is none. AppArmor's own file is younger than the shared one."""
    for path in ("/proc/self/attr/apparmor/current", "/proc/self/attr/current"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return Path(path).read_text("utf-8").strip().strip("\0")
    return ""
