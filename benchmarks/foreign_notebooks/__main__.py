"""``python -m benchmarks.foreign_notebooks``: exit code 1 if a notebook is neither read nor refused with a reason."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.grading import peers
from kafedra.notebooks import UnusableSubmission, extract, read_submission

_LIMIT_SECONDS: Final = 1.0
_NAMES: Final = ("foo", "squares", "answer", "sum_of_squares")


def notebooks() -> Iterator[tuple[str, Path]]:
    for peer in peers.VERSIONS:
        for path in sorted(peers.unpacked(peer).rglob("*.ipynb")):
            yield peer, path


def verdict(path: Path) -> str:
    """What became of it, in one line."""
    started = time.monotonic()
    try:
        module = extract(read_submission(path.name, path.read_bytes()), _NAMES)
    except UnusableSubmission as error:
        return f"refused: {error.message('en')}"
    if (seconds := time.monotonic() - started) > _LIMIT_SECONDS:
        return f"SLOW: {seconds:.1f} s"
    notes = "; ".join(note.message("en") for note in module.warnings[:2])
    return f"read; {notes}" if notes else "read"


def main() -> None:
    table = Table("peer", "notebook", "what became of it")
    failures = 0
    for peer, path in notebooks():
        try:
            found = verdict(path)
        except Exception as error:  # noqa: BLE001 - that is what we are looking for
            found = f"BROKE: {type(error).__name__}: {error}"
        failures += found.startswith(("BROKE", "SLOW"))
        table.add_row(peer, path.name, found)
    Console().print(table)
    Console().print(f"{table.row_count} notebooks, {failures} neither read nor refused in time")
    sys.exit(1 if failures else 0)


main()
