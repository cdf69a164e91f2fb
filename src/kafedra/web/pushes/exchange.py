"""One HTTP request and its answer, at the level of ASGI messages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from kafedra.web.frame.doors import Receive, Scope, Send

# A client that goes silent in the middle of an upload is let go after this many seconds; one that sends a byte now and
# then, after so many in all: enough for the largest push over a slow phone.
_PATIENCE = 120
_PATIENCE_IN_ALL = 1200
# What an answer of ours needs besides git's own: nothing in it is to be run, framed or guessed at.
_SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class Exchange:
    """What an ASGI application was called with, in words."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: str = scope["query_string"].decode("latin-1")
        self.client: str = scope["client"][0] if scope.get("client") else ""
        self._headers: dict[bytes, bytes] = {name.lower(): value for name, value in scope["headers"]}
        self._receive, self._send = receive, send
        self._more = True
        self.broken = False  # the body ended before its end: the client has gone, or was let go
        self._until = asyncio.get_running_loop().time() + _PATIENCE_IN_ALL

    def header(self, name: str) -> str:
        return self._headers.get(name.encode(), b"").decode("latin-1")

    async def read(self) -> bytes:
        """The next piece of the body; empty at its end, and when the client has gone."""
        while self._more:
            try:
                left = self._until - asyncio.get_running_loop().time()
                message = await asyncio.wait_for(self._receive(), min(_PATIENCE, left))
            except TimeoutError:
                self._more, self.broken = False, True
                break
            self.broken = message["type"] != "http.request"
            self._more = message["type"] == "http.request" and message.get("more_body", False)
            if message.get("body"):
                return bytes(message["body"])
        return b""

    async def start(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        await self._send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def send(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def end(self) -> None:
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def text(self, status: int, text: str, *more: tuple[bytes, bytes]) -> None:
        """A whole answer in words: git shows it after ``remote:``."""
        body = f"{text}\n".encode()
        await self.start(status, [(b"content-type", b"text/plain; charset=utf-8"), *_SAFE, *more])
        await self.send(body)
        await self.end()
