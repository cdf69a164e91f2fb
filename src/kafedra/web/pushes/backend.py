"""One run of ``git http-backend``: the request goes in and the answer comes out as they arrive, nothing is stored."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass

from kafedra.web.git.command import environment, limited

_CHUNK = 64 * 1024
Read = Callable[[], Awaitable[bytes]]


class BackendFailed(RuntimeError):
    """http-backend ended without an answer that could be passed on."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers of git's answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]


class Backend:
    """``async with`` a request's CGI variables; then `feed` and `body` run side by side."""

    def __init__(self, request: Mapping[str, str], settings: Mapping[str, str]) -> None:
        self._environment = {**environment(settings), **request}

    async def __aenter__(self) -> Backend:
        self._process: Process = await asyncio.create_subprocess_exec(
            *limited("http-backend"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._environment,
            start_new_session=True,  # Ctrl-C in the server's terminal must not cut a push in two
        )
        self._complaints = asyncio.create_task(_stream(self._process.stderr).read())
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Git is never killed in the middle of a push: the rest of its answer is read and dropped."""
        _stdin(self._process).close()
        while await _stream(self._process.stdout).read(_CHUNK):
            pass
        await self._process.wait()
        await self._complaints

    async def feed(self, read: Read) -> int:
        """Pass the request's body on until `read` returns nothing; return its size in bytes.

        A body that git no longer wants is still read to its end: only then does the client listen.
        """
        total = 0
        stdin = _stdin(self._process)
        while chunk := await read():
            total += len(chunk)
            if stdin.is_closing():
                continue
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                stdin.write(chunk)
                await stdin.drain()
        stdin.close()
        return total

    async def head(self) -> Head:
        """The header block, once git has sent it. Raises BackendFailed."""
        stdout = _stream(self._process.stdout)
        try:
            block = await stdout.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise BackendFailed((await self._complaints).decode(errors="replace").strip()) from error
        return _parse(block)

    async def body(self) -> AsyncIterator[bytes]:
        while chunk := await _stream(self._process.stdout).read(_CHUNK):
            yield chunk


def _stream(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    assert stream is not None, "the process was started with pipes"
    return stream


def _stdin(process: Process) -> asyncio.StreamWriter:
    assert process.stdin is not None, "the process was started with pipes"
    return process.stdin


def _parse(block: bytes) -> Head:
    status, headers = 200, []
    for line in block.strip().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"status":
            status = int(value.split()[0])
        else:
            headers.append((name.strip().lower(), value.strip()))
    return Head(status, tuple(headers))
