"""Heads that never end, connections that say nothing, noise in the log: nobody is kept from the server by them."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn

from kafedra.web.frame.doors import ASGI, Receive, Scope, Send
from kafedra.web.frame.log_lines import Seldom
from kafedra.web.serving import connections
from kafedra.web.serving.connections import IN_ALL, Crowd, Polite

SECONDS = 60


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def listens(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers when it has heard all."""
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        pass
    if message["type"] == "http.request":
        await hello(scope, receive, send)


@asynccontextmanager
async def serving(crowd: Crowd, application: ASGI = hello, most: int = IN_ALL) -> AsyncIterator[int]:
    """The port of a server whose connections are of `crowd`, `most` of them at a time."""
    polite = type("Counted", (Polite,), {"crowd": crowd, "most": most})
    server = uvicorn.Server(uvicorn.Config(application, http=polite, lifespan="off", log_level="error"))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    task = asyncio.create_task(server._serve([listening]))  # without its handlers of signals
    try:
        async with asyncio.timeout(SECONDS):
            while not server.started:
                await asyncio.sleep(0)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await task
        listening.close()


async def closed(reader: asyncio.StreamReader) -> bool:
    """Whether the server has let go without a word."""
    try:
        return await reader.read(1) == b""
    except ConnectionResetError:
        return True


async def asked(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.transport.abort()
    return answer


def test_silent_connections_make_room_and_whoever_speaks_is_answered() -> None:
    async def scene() -> None:
        async with asyncio.timeout(SECONDS), serving(crowd := Crowd(a_place=5, in_all=50, grace=0)) as port:
            silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(40)]
            for _reader, writer in silent:
                writer.write(b"GET / HTTP/1.1\r\n")
            assert b"200 OK" in await asked(port)
            first, _writer = silent[0]
            assert await closed(first)
            assert len(crowd) <= 5
            for _reader, writer in silent:
                writer.transport.abort()

    asyncio.run(scene())


def test_in_a_rush_nobody_who_has_just_come_is_let_go() -> None:
    async def scene() -> None:
        async with asyncio.timeout(SECONDS), serving(crowd := Crowd(a_place=5, in_all=50, grace=SECONDS)) as port:
            silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(30)]
            assert b"200 OK" in await asked(port)
            assert len(crowd) == 30
            for _reader, writer in silent:
                writer.transport.abort()

    asyncio.run(scene())


def test_a_head_that_never_ends_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.05)

    async def scene() -> None:
        async with asyncio.timeout(SECONDS), serving(Crowd()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET / HTTP/1.1\r\nX: ")
            assert await closed(reader)
            writer.transport.abort()

    asyncio.run(scene())


BEGUN = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\na"


def test_who_holds_every_place_by_bodies_that_never_end_keeps_nobody_out() -> None:
    async def scene() -> None:
        async with asyncio.timeout(SECONDS), serving(Crowd(), listens, most=30) as port:
            holding = [await asyncio.open_connection("127.0.0.1", port) for _ in range(30)]
            for _reader, writer in holding:
                writer.write(BEGUN)
            for _ in range(3):
                assert b"200 OK" in await asked(port)
            assert await closed(holding[0][0])
            for _reader, writer in holding:
                writer.transport.abort()

    asyncio.run(scene())


def test_a_body_that_stands_still_is_closed_and_one_that_goes_on_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.05)
    monkeypatch.setattr(connections, "BODY_BYTES", 1)

    async def scene() -> None:
        async with asyncio.timeout(SECONDS), serving(Crowd(), listens) as port:
            still, silent = await asyncio.open_connection("127.0.0.1", port)
            slow, writer = await asyncio.open_connection("127.0.0.1", port)
            silent.write(BEGUN)
            writer.write(BEGUN.replace(b"Host: here", b"Host: here\r\nConnection: close"))
            standing, left = asyncio.create_task(closed(still)), 99_999
            while not standing.done():  # a letter in every round of the loop: it goes on, whatever else is slow
                writer.write(b"a")
                left -= 1
                await asyncio.sleep(0)
            assert standing.result()
            writer.write(b"a" * left)
            assert b"200 OK" in await slow.read()
            silent.transport.abort()
            writer.transport.abort()

    asyncio.run(scene())


def test_a_thousand_of_one_kind_are_a_line_and_our_own_words_are_all_said() -> None:
    seldom = Seldom()

    def passes(name: str, text: str) -> bool:
        return seldom.filter(logging.LogRecord(name, logging.WARNING, "", 0, text, (), None))

    assert sum(passes("uvicorn.error", "Invalid HTTP request received.") for _ in range(1000)) == 1
    assert sum(passes("django.security.DisallowedHost", f"Invalid HTTP_HOST: {n}") for n in range(1000)) == 1
    assert sum(passes("kafedra.web.executor", "submission failed") for _ in range(3)) == 3


def test_a_foreign_host_has_no_traceback() -> None:
    try:
        raise ValueError
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
        record = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, "", 0, "Invalid host", (), told)
    assert Seldom().filter(record)
    assert record.exc_info is None
