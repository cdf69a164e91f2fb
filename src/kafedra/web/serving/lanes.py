"""Pages take turns: whoever asks for hundreds at once has a few of them worked on, and the others' go between.

A page that is asked for while others are being made takes its share of Python's lock from them. So nobody has more
than a few in work: a person who is signed in, or an address from which strangers come (a few that look and a few that
send, so that who guesses passwords there keeps no page from anybody). The rest of theirs wait, and cost a place in a
list. What is sent is read to its end before, so that nobody holds a turn by being slow.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from typing import Any, Final

from kafedra.web.frame.doors import ASGI, Message, Receive, Scope, Send
from kafedra.web.frame.turn import SCOPE, Turn
from kafedra.web.frame.whose import person_of

OF_A_PERSON: Final = 2
OF_A_PLACE: Final = 8  # where nobody is signed in yet: a class may come from one address
IN_ALL: Final = 40


class Line:
    """Who is worked for and who waits. Of the event loop."""

    def __init__(self, of_a_person: int = OF_A_PERSON, of_a_place: int = OF_A_PLACE, in_all: int = IN_ALL) -> None:
        self._of_a_person, self._of_a_place, self._free = of_a_person, of_a_place, in_all
        self._working: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}  # in the order of turns

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def come(self, who: str) -> asyncio.Future[None]:
        """Done when it is their turn; whoever gives up before cancels it."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        self._call()
        return turn

    def leave(self, who: str) -> None:
        """One turn of theirs is over."""
        self._working[who] -= 1
        if not self._working[who]:
            del self._working[who]
        self._free += 1
        self._call()

    def give_up(self, who: str, turn: asyncio.Future[None]) -> None:
        """They don't wait any more. It was not their turn yet."""
        turn.cancel()
        waiting = self._waiting.get(who)
        if waiting is not None and turn in waiting:
            waiting.remove(turn)
            if not waiting:
                del self._waiting[who]

    def _call(self) -> None:
        while self._free and (who := next(filter(self._may, self._waiting), None)) is not None:
            waiting = self._waiting.pop(who)
            waiting.popleft().set_result(None)
            if waiting:
                self._waiting[who] = waiting  # behind everybody else
            self._working[who] += 1
            self._free -= 1

    def _may(self, who: str) -> bool:
        most = self._of_a_person if who.startswith(_PERSON) else self._of_a_place
        return self._working[who] < most


class InTurn:
    """An ASGI application whose requests take turns."""

    def __init__(self, pages: ASGI, line: Line | None = None) -> None:
        self._pages, self._line = pages, Line() if line is None else line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        waiting = _Waiting(self._line, _who(scope), receive)
        try:
            await self._pages({**scope, SCOPE: waiting.turn}, waiting.receive, send)
        finally:
            await waiting.over()


_PERSON: Final = "person "


def _who(scope: Scope) -> str:
    cookies = b"; ".join(value for name, value in scope["headers"] if name.lower() == b"cookie")
    if cookies and (person := person_of(cookies)):
        return f"{_PERSON}{person}"
    client = scope.get("client")
    does = "looks" if scope["method"] in ("GET", "HEAD") else "sends"
    return f"{does} from {client[0] if client else ''}"


class _Waiting:
    """One request: its last piece is handed on when its turn has come."""

    def __init__(self, line: Line, who: str, receive: Receive) -> None:
        self._line, self._who, self._receive = line, who, receive
        self._ahead: asyncio.Task[Message] | None = None  # what was heard, or will be, while it waited
        self._has_turn = False
        self.turn = Turn(self._end)

    async def receive(self) -> Message:
        """As the server's own, but that the end of the request comes in turn."""
        if self._ahead is not None:
            return await asyncio.shield(self._ahead)
        message = await self._receive()
        last = message["type"] == "http.request" and not message.get("more_body", False)
        return await self._in_turn(message) if last and not self._has_turn else message

    async def _in_turn(self, message: Message) -> Message:
        turn = self._line.come(self._who)
        try:
            if not turn.done():  # a client that goes meanwhile leaves nothing behind
                self._ahead = asyncio.ensure_future(self._receive())
                either: list[asyncio.Future[Any]] = [turn, self._ahead]
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._has_turn = turn.done()
            if not self._has_turn:
                self._line.give_up(self._who, turn)
        return message if self._has_turn else {"type": "http.disconnect"}

    async def over(self) -> None:
        """The request has been answered, or was given up."""
        self.turn.gone()
        if self._ahead is not None and not self._ahead.done():
            self._ahead.cancel()
            await asyncio.wait({self._ahead})

    def _end(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._line.leave(self._who)
