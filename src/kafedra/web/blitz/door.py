"""The door of open pages: `/blitz-live/TOKEN/events` and `/blitz-live/TOKEN/answer`, past Django's pages.

When a question appears, a roomful of phones comes at once. Here that costs neither a thread nor a query each: a signed
token in the page says who is asking, streams share one reading of the database, and answers one transaction.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from typing import Final

from asgiref.sync import sync_to_async
from django.core import signing
from django.db import connection
from django.http import QueryDict

from kafedra.course.topics import Question
from kafedra.web import clock
from kafedra.web.blitz import live
from kafedra.web.blitz.asked import restored
from kafedra.web.blitz.forms import given_in
from kafedra.web.blitz.models import Blitz
from kafedra.web.blitz.selectors import state
from kafedra.web.blitz.services.answering import Handed, Taken, submitted
from kafedra.web.frame.doors import Receive, Scope, Send

log = logging.getLogger(__name__)
PREFIX: Final = "/blitz-live/"
PRESENTER: Final = 0  # in the place of a participant's id
MOST_BYTES: Final = 8192
_SALT, _SECONDS = "kafedra.blitz.live", 24 * 3600
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"private, no-store, no-transform"),
    (b"x-accel-buffering", b"no"), (b"x-content-type-options", b"nosniff"),
]  # fmt: skip


def live_address(blitz: int, seat: int) -> str:
    """Where a page of this blitz listens and answers; `seat` is a participant's id, or PRESENTER."""
    return f"{PREFIX}{signing.dumps([blitz, seat], salt=_SALT)}/"


async def door(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI application. What it doesn't know is 404."""
    token, _, what = str(scope["path"]).removeprefix(PREFIX).partition("/")
    try:
        blitz, seat = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        blitz, seat, what = 0, 0, ""
    if what == "events" and scope["method"] == "GET":
        await _events(blitz, seat, receive, send)
    elif what == "answer" and scope["method"] == "POST" and seat != PRESENTER:
        status, said = await _answer(blitz, seat, receive)
        await _say(send, status, said)
    else:
        await _say(send, 404, "unknown")


async def _events(blitz: int, seat: int, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
    telling = asyncio.create_task(_tell(blitz, seat, send))
    gone = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({telling, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (telling, gone):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await task


async def _tell(blitz: int, seat: int, send: Send) -> None:
    stream = live.events(blitz, state, presenter=seat == PRESENTER)
    async with contextlib.aclosing(stream):
        async for part in stream:
            await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(blitz: int, seat: int, receive: Receive) -> tuple[int, str]:
    """The status and what became of the answer; 503 where it may be sent again."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return 400, "cut short"
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return 413, "too long"
        if not message.get("more_body"):
            break
    sent = QueryDict(body)
    try:
        questions = _asked.get(blitz) or await sync_to_async(_read, thread_sensitive=False)(blitz)
        question = questions.get(sent.get("question", ""))
        given = given_in(question, sent) if question else None
        if question is None or given is None or sent.get("vote") not in ("1", "2"):
            return 422, "incomplete"
        handed = Handed(blitz, seat, question.slug, int(sent["vote"]), tuple(given), clock.now())
        taken = await asyncio.wrap_future(submitted(handed))
    except Exception:
        log.exception("an answer could not be written; the phone sends it again")
        return 503, "again"
    return 200, Taken(taken).value


# What is asked in which blitz, by name: it never changes.
_asked = dict[int, dict[str, Question]]()


def _read(blitz: int) -> dict[str, Question]:
    try:
        text = Blitz.objects.values_list("questions", flat=True).get(pk=blitz)
    finally:
        connection.close()
    _asked[blitz] = {one.slug: one for one in restored(text)}
    return _asked[blitz]


async def _say(send: Send, status: int, said: str) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"state": said}).encode()})
