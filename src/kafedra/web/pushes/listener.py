"""The server's side of the hooks: a Unix socket that answers only those who know the secret of a push."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

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
            request = json.loads(await reader.readline())
            await self._reply(request, writer)
        except ConnectionError:
            pass  # the hook has gone: whoever pushed closed the terminal
        except Exception:
            # Without an exit code the hook lets the push in: git keeps it, and the sweep finds it.
            log.exception("a hook got no answer")
        finally:
            writer.close()

    async def _reply(self, request: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        async def say(text: str) -> None:
            await _write(writer, {"text": text})

        push = self._pushes.find(str(request.get("push")))
        answer = self._answers.get(str(request.get("hook")))
        if push is None or answer is None:
            await _write(writer, {"exit": 1})
            return
        call = HookCall(_updates(request["updates"]), _quarantine(push.path, request["quarantine"]))
        with translation.override(push.language):
            await _write(writer, {"exit": await answer(push, call, say)})


async def _write(writer: asyncio.StreamWriter, frame: dict[str, object]) -> None:
    writer.write(json.dumps(frame).encode() + b"\n")
    await writer.drain()


def _updates(rows: Sequence[Sequence[str]]) -> tuple[Update, ...]:
    return tuple(Update(*row) for row in rows)


def _quarantine(repository: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Only folders inside the repository's own object store are passed to git."""
    objects = (repository / "objects").resolve()
    return {
        name: value
        for name, value in variables.items()
        if all(Path(part).resolve().is_relative_to(objects) for part in value.split(":"))
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
