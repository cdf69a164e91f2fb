"""Hostile submissions on disk: the header of each says what it tries and what must happen.

``tries``     what it is after (required)
``points``    what it must get, exactly (default 0)
``outcome``   how every test ends whose name is defined: one of several words parted by ``|``; ``any`` for no matter
              which. ``missing`` is always allowed for names that an attack doesn't define
``message``   a phrase that must be in the message of at least one test, or in the notes
``hides``     a phrase that must be nowhere in the report
``seconds``   the longest that grading may take (default 2)
``assignment`` a folder of ``assignments/``, for an attack that needs another assignment than the common one
``builder``   ``yes``: the file isn't the submission; its function ``files()`` makes it, in the test's own process
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

ATTACKS: Final = Path(__file__).parent / "attacks"
OTHERS: Final = Path(__file__).parent / "assignments"
NAME: Final = "assignment.py"
_KEYS: Final = {"tries", "points", "outcome", "message", "hides", "seconds", "builder", "assignment"}
_LINE: Final = re.compile(r"# (\w+): (.+)")


@dataclass(frozen=True)
class Attack:
    """One hostile submission and its expected end."""

    path: Path
    tries: str
    points: Decimal
    outcomes: frozenset[str]
    message: str
    hides: str
    seconds: float
    builder: bool
    assignment: str

    def files(self) -> Mapping[str, bytes]:
        if self.builder:
            built: Mapping[str, bytes] = runpy.run_path(str(self.path))["files"]()
            return built
        return {NAME: self.path.read_bytes()}


def read_attack(path: Path) -> Attack:
    header = dict[str, str]()
    for line in path.read_text("utf-8").splitlines():
        if (match := _LINE.fullmatch(line)) is None:
            break
        header[match[1]] = match[2].strip()
    unknown = header.keys() - _KEYS
    assert "tries" in header, f"{path}: the header does not say what it tries"
    assert not unknown, f"{path}: unknown header keys {unknown}"
    return Attack(
        path,
        header["tries"],
        Decimal(header.get("points", "0")),
        frozenset(header.get("outcome", "any").split("|")),
        header.get("message", ""),
        header.get("hides", ""),
        float(header.get("seconds", "2")),
        header.get("builder") == "yes",
        header.get("assignment", ""),
    )


def attacks(family: str) -> list[object]:
    """The attacks of a family as parameters of a test."""
    paths = sorted((ATTACKS / family).glob("*.py"))
    return [pytest.param(read_attack(path), id=path.stem) for path in paths]
