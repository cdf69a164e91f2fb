"""The body of a push, taken in whole before git is asked for anything: when it ends, the push was handed in.

Small ones stay in memory, larger ones are a file without a name in the data folder. What is beyond the bound is read
to its end, since only then does the client listen, and dropped.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from kafedra.web import clock
from kafedra.web.pushes.backend import Read

_IN_MEMORY = 256 * 1024
_CHUNK = 64 * 1024


class Upload:
    """``with`` it: the file goes when the block ends. `size` counts what came, `kept` what is here (bytes)."""

    def __init__(self, folder: Path, most: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Closed by `__exit__`; a folder of ours, because /tmp may be memory.
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115  # kept open
        self._most = most
        self.size = self.kept = 0
        self.arrived_at: datetime | None = None

    def __enter__(self) -> Upload:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.file.close()

    async def take_in(self, read: Read) -> datetime:
        """Read until nothing more comes; returns that moment (aware UTC)."""
        while chunk := await read():
            self.size += len(chunk)
            if self.size <= self._most:
                await self._keep(chunk)
        self.arrived_at = clock.now()
        self.file.seek(0)
        return self.arrived_at

    async def _keep(self, chunk: bytes) -> None:
        self.kept += len(chunk)
        if self.kept <= _IN_MEMORY:
            self.file.write(chunk)
        else:
            await asyncio.to_thread(self.file.write, chunk)

    async def read(self) -> bytes:
        """The next piece of what was kept; empty at its end."""
        if self.kept <= _IN_MEMORY:
            return self.file.read(_CHUNK)
        return await asyncio.to_thread(self.file.read, _CHUNK)

    def rewind(self) -> None:
        """Read from the beginning again."""
        self.file.seek(0)
