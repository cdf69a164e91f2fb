"""What is sent to a page is bounded before anything is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from kafedra.web.frame.doors import Message, Receive, Scope, Send
from kafedra.web.serving.bodies import MOST_BYTES, Bounded


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads everything and says how much it was, as Django does."""
    read, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        read, more = read + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(read).encode()})


def answered(pieces: list[bytes], **headers: str) -> tuple[int | None, int]:
    """The status, None if there was no answer; and how many pieces were taken."""
    waiting: Iterator[bytes] = iter(pieces)
    taken, told = 0, []

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": next(waiting), "more_body": taken < len(pieces)}

    async def send(message: Message) -> None:
        told.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(Bounded(pages)({"type": "http", "headers": named}, receive, send))
    return (told[0]["status"] if told else None), taken


def test_a_form_passes() -> None:
    assert answered([b"a" * 1000], content_length="1000") == (200, 1)


def test_what_says_that_it_is_too_large_is_not_read() -> None:
    assert answered([b"a"], content_length=str(MOST_BYTES + 1)) == (413, 0)
    assert answered([b"a"], content_length="9" * 5000) == (413, 0)


def test_what_says_nothing_is_read_up_to_the_bound() -> None:
    assert answered([b"a" * 2**20] * 100) == (413, MOST_BYTES // 2**20 + 1)
