"""A bound for what may be sent to pages, before Django begins to store it. Git has its own door, and its own bound."""

from __future__ import annotations

from typing import Any

from kafedra.web.frame.doors import Message, Receive, Scope, Send

# The largest form is a roster with a thousand people: a spreadsheet of some hundred kilobytes.
MOST_BYTES = 8 * 2**20
_WORDS = "Too large: at most 8 MB can be sent to a page.\nСлишком много: странице можно прислать не больше 8 МБ.\n"


class Bounded:
    """An ASGI application whose requests have at most MOST_BYTES; larger ones get 413 and are not read."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
        elif _announced(scope) > MOST_BYTES:
            await _refuse(send)
        else:
            counting = _Counting(receive)
            await self._pages(scope, counting, send)
            if counting.too_much:  # the pages took it for a client that has gone, and said nothing
                await _refuse(send)


class _Counting:
    """Reads what was announced, or not at all, up to the bound; beyond it the client counts as gone."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._read = receive, 0

    @property
    def too_much(self) -> bool:
        """Whether there was more than is taken."""
        return self._read > MOST_BYTES

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_much else message


def _announced(scope: Scope) -> int:
    length = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"0")
    return int(length) if length.isdigit() and len(length) < 20 else MOST_BYTES + 1


async def _refuse(send: Send) -> None:
    body = _WORDS.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
