"""The whole server as one ASGI application: git, pages, and what lives as long as the server does."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kafedra.web.executor import Executor
from kafedra.web.executor.recovery import recover, submit_waiting, sweep
from kafedra.web.frame import apart, garbage
from kafedra.web.frame.closing import closing
from kafedra.web.frame.doors import ASGI, DOORS, Door, Receive, Scope, Send
from kafedra.web.frame.turns import short_turns
from kafedra.web.outbox.postman import Postman
from kafedra.web.pushes.hooks import install
from kafedra.web.pushes.http import GitOverHTTP
from kafedra.web.pushes.listener import Listener
from kafedra.web.pushes.pushes import PushesInProgress
from kafedra.web.pushes.receive import Reception
from kafedra.web.pushes.threads import in_thread
from kafedra.web.regrading.trials import take_up
from kafedra.web.runs.soundness import look_at_all
from kafedra.web.serving.bodies import Bounded
from kafedra.web.serving.console import held_back
from kafedra.web.serving.lanes import InTurn

log = logging.getLogger(__name__)
SWEEP_SECONDS = 60
LOOK_SECONDS = 1
DRAIN_SECONDS = 30
POST_DRAIN_SECONDS = 15  # longer than a mail server is waited for


class Application:
    """`pages` is Django; git and the doors of apps go past it.

    Executor and postman work between the lifespan's start and end.
    """

    def __init__(self, pages: ASGI, executor: Executor, postman: Postman, data: Path) -> None:
        self._pages, self._executor, self._postman = Bounded(InTurn(pages)), executor, postman
        self._pushes = PushesInProgress()
        self._hooks = install(data)
        self._doors = [Door("/git/", GitOverHTTP(self._pushes, self._hooks)), *DOORS().values()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            behind = (door.application for door in self._doors if scope["path"].startswith(door.prefix))
            await next(behind, self._pages)(scope, receive, send)

    def close(self) -> None:
        """The server is going to stop: begin nothing new, let nobody wait in vain."""
        closing.begin()
        self._executor.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            with short_turns():
                async with self._running():
                    await send({"type": "lifespan.startup.complete"})
                    await receive()
        except Exception as error:
            log.exception("the server can't start")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        closing.over()
        reception = Reception(self._executor)
        answers = {"pre-receive": reception.before, "post-receive": reception.after}
        async with Listener(self._hooks.socket, self._pushes, answers):
            self._executor.start()
            warming = asyncio.create_task(asyncio.to_thread(apart.warm))
            await in_thread(recover, self._executor)
            self._postman.start()
            look_at_all(held_back)
            garbage.keep()
            loops = [asyncio.create_task(loop()) for loop in (self._sweep, self._look)]
            try:
                yield
            finally:
                for task in (*loops, warming):
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await task
                await asyncio.gather(
                    asyncio.to_thread(self._executor.drain, DRAIN_SECONDS),
                    asyncio.to_thread(self._postman.drain, POST_DRAIN_SECONDS),
                )

    async def _look(self) -> None:
        """What staff asked for, on a page or in another process: to grade again, one submission or many."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await in_thread(submit_waiting, self._executor)
                await in_thread(take_up, self._executor)
            except Exception:
                log.exception("looking for work failed; the next look is in %s s", LOOK_SECONDS)

    async def _sweep(self) -> None:
        """Pushes whose hook could not reach the server, and submissions that an executor gave back."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                await in_thread(sweep, self._executor, self._pushes.repositories())
            except Exception:
                log.exception("looking for missed pushes failed; the next look is in %s s", SWEEP_SECONDS)
