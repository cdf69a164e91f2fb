"""While the server answers, no thread keeps Python's lock for long."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kafedra.web.frame.doors import Message, Receive, Scope, Send
from kafedra.web.outbox.postman import Postman
from kafedra.web.serving.application import Application


class Idle(Application):
    """A server in which nothing happens."""

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        yield


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("nobody comes")


def test_turns_are_short_while_it_serves_and_as_before_when_it_has_ended(tmp_path: Path) -> None:
    before, during = sys.getswitchinterval(), list[float]()
    server = Idle(pages, None, Postman(), tmp_path)  # type: ignore[arg-type]  # it is never asked to grade

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        during.append(sys.getswitchinterval())

    asyncio.run(server({"type": "lifespan"}, receive, send))
    started, ended = during
    assert started < before / 4
    assert ended == sys.getswitchinterval() == before
