"""When each commit arrived, as git itself wrote it down: what recovery after a crash goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kafedra.web.git.references import MAIN, NOTHING


@dataclass(frozen=True, slots=True)
class Arrival:
    """One movement of main. `at` is aware UTC, in whole seconds."""

    commit: str
    at: datetime


def arrivals(repository: Path) -> tuple[Arrival, ...]:
    """Every push that git finished, oldest first; the repository's own first commit is not one."""
    log = repository / "logs" / MAIN
    if not log.exists():
        return ()
    found = [_arrival(line) for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    pushed = [arrival for old, arrival in found if old != NOTHING]
    return tuple(pushed[: _finished(pushed, _main(repository))])


def _arrival(line: str) -> tuple[str, Arrival]:
    facts = line.split("\t", 1)[0].split(" ")
    return facts[0], Arrival(facts[1], datetime.fromtimestamp(int(facts[-2]), UTC))


def _main(repository: Path) -> str:
    ref = repository / MAIN
    return ref.read_text(encoding="ascii").strip() if ref.exists() else ""


def _finished(pushed: list[Arrival], main: str) -> int:
    """Git writes the log before it moves main: entries after main's own commit did not come to be."""
    for index in range(len(pushed) - 1, -1, -1):
        if pushed[index].commit == main:
            return index + 1
    return 0 if main else len(pushed)
