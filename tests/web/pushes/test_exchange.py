"""Git's own door: what its answers in words carry, and how long an upload may take."""

from __future__ import annotations

import asyncio

import pytest

from kafedra.web.frame.doors import Message
from kafedra.web.pushes import exchange
from kafedra.web.pushes.exchange import Exchange


def scope() -> Message:
    return {"method": "POST", "path": "/git/", "query_string": b"", "headers": []}


def test_answers_in_words_are_as_guarded_as_pages() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def answer() -> None:
        await Exchange(scope(), asyncio.Future, send).text(404, "Nothing here.")

    asyncio.run(answer())
    headers = dict(sent[0]["headers"])
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"x-frame-options"] == b"DENY"
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert headers[b"cache-control"] == b"no-store"


def test_a_byte_now_and_then_does_not_hold_the_door_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    async def upload() -> int:
        loop, now, read = asyncio.get_running_loop(), 0, 0
        monkeypatch.setattr(loop, "time", lambda: now)

        async def receive() -> Message:
            nonlocal now
            now += 60  # never silent for long
            return {"type": "http.request", "body": b"x", "more_body": True}

        talk = Exchange(scope(), receive, nothing)
        while piece := await talk.read():
            read += len(piece)
        return read

    assert asyncio.run(upload()) == exchange._PATIENCE_IN_ALL // 60


async def nothing(message: Message) -> None:
    """Nothing is said while a body is read."""
