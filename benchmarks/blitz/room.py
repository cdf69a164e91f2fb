"""The room: phones that think, answer and lose their connection, and the presenter who watches."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.blitz.http import Answer, Client, Dropped


@dataclass(slots=True)
class Measured:
    """Seconds from the tap to the acknowledgement; moments of acknowledgements and of what the presenter saw."""

    acks: list[float] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    seen: list[tuple[float, int]] = field(default_factory=list)
    late: int = 0

    def delays(self) -> list[float]:
        """For each acknowledged answer of one question: how long until the presenter's page counted it."""
        moments, found, at = sorted(self.moments), list[float](), 0
        for when, number in sorted(self.seen):
            while at < min(number, len(moments)):
                found.append(max(0.0, when - moments[at]))
                at += 1
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a phone needs it: the fields of some possible answers."""

    slug: str
    forms: Sequence[dict[str, str]]


class Phone:
    """One phone. `given` is what was acknowledged, by question."""

    def __init__(self, code: str, port: int, number: int, *, flaky: bool) -> None:
        self.client, self.code, self.number, self.flaky = Client(port), code, number, flaky
        self.chance, self.given = random.Random(number), dict[str, dict[str, str]]()  # the same each time
        self.state: dict[str, object] = {}
        self.live = ""
        self._news = asyncio.Condition()
        self._watch: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        """Through the page and its form, as a guest."""
        await self._until(lambda: self.client.get(f"/b/{self.code}/"))
        await self._until(lambda: self.client.post(f"/b/{self.code}/join/", {"name": f"Phone {self.number}"}))
        page = await self._until(lambda: self.client.get(f"/b/{self.code}/"))
        self.live = page.body.decode().split('data-live="')[1].split('"')[0]
        self._watch = asyncio.create_task(self._follow())

    async def leave(self) -> None:
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch

    async def reaches(self, step: int) -> None:
        """Waits until the stream has told of this step, and loads the screen as the page's script does."""
        async with self._news:
            await self._news.wait_for(lambda: int(str(self.state.get("step", -1))) >= step)
        await self._until(lambda: self.client.get(f"/b/{self.code}/screen/"))

    async def answers(self, asked: Asked, within: float, measured: Measured) -> None:
        """Thinks, taps, and sends until it is acknowledged."""
        await asyncio.sleep(self.chance.uniform(0, within))
        form = {"question": asked.slug, "vote": "1", **self.chance.choice(asked.forms)}
        cut = self.flaky and self.chance.random() < 0.5
        pause = 0.2
        while True:
            began = time.monotonic()
            try:
                answer = await self.client.post(f"{self.live}answer", form, cut=cut)
                if answer.status == 200:
                    break
            except Dropped:
                cut = False
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
            pause = min(pause * 2, 3)
        now = time.monotonic()
        if b"written" not in answer.body:
            measured.late += 1
            return
        measured.acks.append(now - began)
        measured.moments.append(now)
        self.given[asked.slug] = form

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(Dropped, TimeoutError):
                async with asyncio.timeout(self.chance.uniform(2, 12) if self.flaky else None):
                    async for state in self.client.events(f"{self.live}events"):
                        async with self._news:
                            self.state = state
                            self._news.notify_all()
            await asyncio.sleep(self.chance.uniform(0.5, 3))

    async def _until(self, request: Callable[[], Awaitable[Answer]]) -> Answer:
        while True:
            with contextlib.suppress(Dropped):
                answer = await request()
                if answer.status < 500:
                    return answer
            await asyncio.sleep(self.chance.uniform(0.3, 1.5))


class Presenter:
    """The screen on the wall: moves, and what its stream tells."""

    def __init__(self, port: int, session: str, run: str, blitz: int) -> None:
        self.client, self._at = Client(port), f"/{run}/blitz/{blitz}/"
        self.client.cookies["sessionid"] = session
        self.state: dict[str, object] = {}
        self.refused = list[int]()
        self.measured = Measured()
        self._watch: asyncio.Task[None] | None = None

    async def watch(self) -> None:
        self._live = (await self.client.get(self._at)).body.decode().split('data-live="')[1].split('"')[0]
        self._watch = asyncio.create_task(self._follow())

    async def leave(self) -> None:
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch

    async def move(self, move: str) -> int:
        """Press a button until it has worked; the step after it."""
        while True:
            with contextlib.suppress(Dropped):
                answer = await self.client.get(self._at)
                if answer.status >= 500:  # a proxy's word for a server that is starting again
                    self.refused.append(answer.status)
                    raise Dropped(str(answer.status))
                page = answer.body.decode()
                step = int(page.split('name="step" value="')[1].split('"')[0])
                token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
                fields = {"move": move, "step": str(step), "csrfmiddlewaretoken": token}
                if (await self.client.post(f"{self._at}step/", fields)).status == 302:
                    return step + 1
            await asyncio.sleep(0.3)

    async def counts(self, number: int, patience: float = 60) -> None:
        """Waits until the screen counts so many answers."""
        async with asyncio.timeout(patience):
            while int(str(self.state.get("answered", -1))) < number:
                await asyncio.sleep(0.02)

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(Dropped):
                async for state in self.client.events(f"{self._live}events"):
                    self.state = state
                    votes = state.get("votes")
                    shown = sum(votes["1"].values()) if isinstance(votes, dict) and "1" in votes else 0
                    self.measured.seen.append((time.monotonic(), shown))
            await asyncio.sleep(0.3)
