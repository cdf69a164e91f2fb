"""The student's process without a sandbox: a child that talks over its standard input and output."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys

from kafedra.grading.channel import Channel, Closed
from kafedra.grading.guest.runtime import serve


class _Pipes:
    """A transport over two pipes; the judge keeps the time, so there are no time-outs at this end."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer

    def settimeout(self, seconds: float | None, /) -> None:
        del seconds

    def sendall(self, data: bytes, /) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._writer, view) :]

    def recv_into(self, buffer: memoryview, /) -> int:
        data = os.read(self._reader, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        os.close(self._reader)
        os.close(self._writer)


def main(preload: list[str]) -> None:
    """Load what takes long, say so with one byte, then serve."""
    reader, writer = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(null, descriptor)
    gc.disable()  # what is loaded stays: looking through it for garbage took a sixth of the time
    for name in preload:
        with contextlib.suppress(ImportError):  # the probe that needs it will say so
            importlib.import_module(name)
    gc.freeze()
    gc.enable()
    os.write(writer, b"!")
    with contextlib.suppress(Closed):
        serve(Channel(_Pipes(reader, writer), strided=True))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
