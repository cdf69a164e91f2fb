"""A child process in place of the sandbox. Pipes and threads only, so that it works on every system."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from kafedra.grading.channel import Channel
from kafedra.grading.faults import GradingFault
from kafedra.grading.judge.exchange import Death

_START_SECONDS: Final = 180.0
_CHUNK: Final = 2**16


class PlainHost:
    """A :class:`~kafedra.grading.judge.exchange.Host` without walls."""

    def __init__(self, preload: Sequence[str]) -> None:
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None
        # the student's code must not find `torch.py` or `tests` of the clone before the real ones
        self._folder = tempfile.TemporaryDirectory(prefix="kafedra-check-", ignore_cleanup_errors=True)

    def start(self) -> Channel:
        command = [sys.executable, "-m", "kafedra.student.guest", *self._preload]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        transport = _PipeTransport(self._process.stdin, self._process.stdout)
        transport.settimeout(_START_SECONDS)
        if transport.recv_into(memoryview(bytearray(1))) == 0:
            raise GradingFault(f"{' '.join(command)} ends at once; does Python itself work there?")
        return Channel(transport)

    def end(self, *, dying: bool) -> Death:
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.3 if dying else 0.0)
        by_itself = self._process.returncode is not None
        self._process.kill()
        code = self._process.wait()
        return Death("exited" if by_itself else "killed", code if code >= 0 else 128 - code)

    def leave(self) -> None:
        """There is no keeper here that would see to it later."""
        self.end(dying=False)

    def waited(self) -> float:
        assert self._process is not None
        try:
            return int(Path(f"/proc/{self._process.pid}/schedstat").read_text("ascii").split()[1]) / 1e9
        except (OSError, IndexError, ValueError):  # not Linux
            return 0.0

    def close(self) -> None:
        """Remove the folder that the student's code ran in."""
        self._folder.cleanup()


class _PipeTransport:
    """A byte stream with time-outs over a child's pipes; a thread reads, since pipes have no time-outs of their own."""

    def __init__(self, writer: IO[bytes], reader: IO[bytes]) -> None:
        self._writer = writer
        self._reader = reader
        self._chunks: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._rest = b""
        self._timeout: float | None = None
        threading.Thread(target=self._read, daemon=True).start()

    def settimeout(self, seconds: float | None, /) -> None:
        self._timeout = seconds

    def sendall(self, data: bytes, /) -> None:
        self._writer.write(data)
        self._writer.flush()

    def recv_into(self, buffer: memoryview, /) -> int:
        if not self._rest:
            try:
                self._rest = self._chunks.get(timeout=self._timeout)
            except queue.Empty:
                raise TimeoutError from None
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._writer.close()

    def _read(self) -> None:
        with self._reader:
            while chunk := os.read(self._reader.fileno(), _CHUNK):
                self._chunks.put(chunk)
        self._chunks.put(b"")
