"""Addresses that are answered past Django's pages: git, whatever streams by a protocol of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from kafedra.web.frame.hook import Hook

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGI = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Door:
    """Everything whose path begins with `prefix` goes to `application`, an ASGI application of its own."""

    prefix: str
    application: ASGI


DOORS: Hook[[], Door] = Hook("doors of the server")
