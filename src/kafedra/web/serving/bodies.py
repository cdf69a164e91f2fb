"""A bound for what may be sent to pages, before Django begins to store it. Git has its own door, and its own bound.

A few addresses take more (`frame.bodies`), of people who are signed in.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY

from kafedra.web.frame.bodies import LARGER
from kafedra.web.frame.doors import Message, Receive, Scope, Send

# The largest form is a roster with a thousand people: a spreadsheet of some hundred kilobytes.
MOST_BYTES = 8 * 2**20
_WORDS = """\
Too large: at most {n} MB can be sent to this page.
Слишком много: этой странице можно прислать не больше {n} МБ.
"""


class Bounded:
    """An ASGI application whose requests have at most MOST_BYTES; larger ones get 413 and are not read."""

    def __init__(self, pages: Any) -> None:
        self._pages = pages
        self._larger = [(re.compile(one.pattern), one.most) for one in LARGER().values()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        most = await self._most(scope)
        if _announced(scope) > most:
            await _refuse(send, most)
        else:
            counting = _Counting(receive, most)
            await self._pages(scope, counting, send)
            if counting.too_much:  # the pages took it for a client that has gone, and said nothing
                await _refuse(send, most)

    async def _most(self, scope: Scope) -> int:
        if _announced(scope) <= MOST_BYTES:
            return MOST_BYTES
        for pattern, most in self._larger:
            if pattern.fullmatch(scope.get("path", "")) and await sync_to_async(_signed_in)(scope):
                return most
        return MOST_BYTES


class _Counting:
    """Reads what was announced, or not at all, up to the bound; beyond it the client counts as gone."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._read = receive, most, 0

    @property
    def too_much(self) -> bool:
        """Whether there was more than is taken."""
        return self._read > self._most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_much else message


def _announced(scope: Scope) -> int:
    length = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"0")
    return int(length) if length.isdigit() and len(length) < 20 else 10**20


def _signed_in(scope: Scope) -> bool:
    """Whether the cookie is of a session of somebody."""
    sent = next((value for name, value in scope["headers"] if name.lower() == b"cookie"), b"")
    try:
        cookie = SimpleCookie(sent.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return cookie is not None and SESSION_KEY in store(cookie.value)


async def _refuse(send: Send, most: int) -> None:
    body = _WORDS.format(n=most >> 20).encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
