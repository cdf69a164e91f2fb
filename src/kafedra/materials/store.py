"""Where outputs of executed cells are kept: files named by what they depend on, so that nothing in it is ever wrong.

Losing the folder costs an execution and nothing else. Several processes may write into it at once.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

FOLDER: Final = ".materials"
VERSION: Final = 1


@dataclass(frozen=True)
class CellRun:
    """What one cell of code put out, as the notebook format has it, and the processor time it took, in seconds."""

    outputs: Sequence[Mapping[str, Any]]
    seconds: float = 0.0


@dataclass(frozen=True)
class RunRecord:
    """One execution of a whole notebook: the keys of its cells, what it computed, what it was executed with."""

    keys: tuple[str, ...]
    values: Mapping[str, float]
    seconds: float
    around: Mapping[str, Any] = field(default_factory=dict)


class Store:
    """The folder `root`; by default `.materials` in the course's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def of(cls, course: Path) -> Store:
        """The store of the course in this folder: `KAFEDRA_MATERIALS`, or `.materials` in it."""
        named = os.environ.get("KAFEDRA_MATERIALS")
        return cls(Path(named) if named else course / FOLDER)

    def cell(self, key: str) -> CellRun | None:
        """What the cell with this key put out; None if it was never executed, or failed."""
        found = self._read(self._cell(key))
        return CellRun(found["outputs"], found["seconds"]) if found else None

    def keep_cell(self, key: str, run: CellRun) -> None:
        self._write(self._cell(key), {"outputs": list(run.outputs), "seconds": run.seconds})

    def record(self, topic: str, seed: int) -> RunRecord | None:
        """The last execution of this topic's solved notebook with this seed, whatever it was like then."""
        found = self._read(self._run(topic, seed))
        if found is None:
            return None
        return RunRecord(tuple(found["keys"]), found["values"], found["seconds"], found["around"])

    def keep_record(self, topic: str, seed: int, record: RunRecord) -> None:
        content = {"keys": record.keys, "values": record.values, "seconds": record.seconds, "around": record.around}
        self._write(self._run(topic, seed), content)

    def drawn(self, key: str) -> Mapping[str, str] | None:
        """Pictures of a `pictures.py` with this key: SVG by `name.light` and `name.dark`."""
        found = self._read(self._drawn(key))
        return found["pictures"] if found else None

    def keep_drawn(self, key: str, pictures: Mapping[str, str]) -> None:
        self._write(self._drawn(key), {"pictures": pictures})

    def forget_others(self, keys: Iterable[str]) -> int:
        """Remove the outputs of cells that are not among `keys`; how many they were."""
        kept = {self._cell(key) for key in keys}
        old = [path for path in (self.root / "cells").glob("*/*.json") if path not in kept]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _cell(self, key: str) -> Path:
        return self.root / "cells" / key[:2] / f"{key}.json"

    def _run(self, topic: str, seed: int) -> Path:
        return self.root / "runs" / topic / f"{seed}.json"

    def _drawn(self, key: str) -> Path:
        return self.root / "pictures" / f"{key}.json"

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return None  # what can't be read is made anew
        return found if isinstance(found, dict) and found.get("version") == VERSION else None

    def _write(self, path: Path, content: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8") as file:
            json.dump({"version": VERSION, **content}, file, ensure_ascii=False)
        Path(file.name).replace(path)
