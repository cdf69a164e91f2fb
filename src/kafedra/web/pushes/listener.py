"""The server's side of the hooks: a Unix socket that answers only those who know the secret of a push."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation

from kafedra.web.pushes import hook
from kafedra.web.pushes.pushes import Push, PushesInProgress
from kafedra.web.pushes.rules import Update

log = logging.getLogger(__name__)
_LONGEST_REQUEST = 4 * 1024 * 1024

Say = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class HookCall:
    """What a hook asks: which references move, and where git keeps the objects that came with them."""

    updates: tuple[Update, ...]
    quarantine: Mapping[str, str]


# Says whatever the student should read, and returns the exit code of the hook.
Answer = Callable[[Push, HookCall, Say], Awaitable[int]]


class Listener:
    """Answers hooks by name; `async with` it."""

    def __init__(self, path: Path, pushes: PushesInProgress, answers: Mapping[str, Answer]) -> None:
        self._path, self._pushes, self._answers = path, pushes, answers

    async def __aenter__(self) -> Listener:
        listening = _bind(self._path)
        self._server = await asyncio.start_unix_server(self._serve, sock=listening, limit=_LONGEST_REQUEST)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()
        self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            size = int(await reader.readline())
            if not 0 <= size <= _LONGEST_REQUEST:
                raise ValueError(f"a request of {size} bytes")
            await self._reply(await reader.readexactly(size), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the hook has gone: whoever pushed closed the terminal
        except Exception:
            # Without an exit code the hook lets the push in: git keeps it, and the sweep finds it.
            log.exception("a hook got no answer")
        finally:
            writer.close()

    async def _reply(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        async def say(text: str) -> None:
            words = text.encode("utf-8", "replace")
            await _write(writer, b"say %d\n%b" % (len(words), words))

        name, secret, *places, told = request.split(b"\0", 2 + len(hook.QUARANTINE))
        push = self._pushes.find(secret.decode("ascii", "replace"))
        answer = self._answers.get(name.decode("ascii", "replace"))
        if push is None or answer is None:
            await _write(writer, b"exit 1\n")
            return
        call = HookCall(_updates(told), _quarantine(push.path, places))
        with translation.override(push.language):
            await _write(writer, b"exit %d\n" % await answer(push, call, say))


async def _write(writer: asyncio.StreamWriter, frame: bytes) -> None:
    writer.write(frame)
    await writer.drain()


def _updates(told: bytes) -> tuple[Update, ...]:
    """What git tells its hooks, a line for each reference."""
    lines = told.decode("utf-8", "replace").split("\n")
    return tuple(Update(*line.split(" ", 2)) for line in lines if line)


def _quarantine(repository: Path, places: Sequence[bytes]) -> dict[str, str]:
    """Only folders inside the repository's own object store are passed to git."""
    objects = (repository / "objects").resolve()
    variables = zip(map(os.fsdecode, hook.QUARANTINE), map(os.fsdecode, places), strict=True)
    return {
        name: value
        for name, value in variables
        if value and all(Path(part).resolve().is_relative_to(objects) for part in value.split(":"))
    }


def _bind(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listening.bind(str(path))
    finally:
        os.umask(before)
    return listening
