"""Database and git work of the event loop, done in threads that leave no connection behind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

# Enough to keep two cores busy; SQLite writes one at a time anyway.
_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="git")
# Who somebody is and what they may is asked of the database alone: it never waits for git at work on what others sent.
_door = ThreadPoolExecutor(max_workers=4, thread_name_prefix="door")


async def in_thread(function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """Call a blocking function outside the event loop, in the caller's language."""
    return await _call(_pool, partial(function, *arguments, **named))


async def at_the_door(function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """As `in_thread`, for what takes milliseconds and has to be known of everybody who comes."""
    return await _call(_door, partial(function, *arguments, **named))


async def _call(pool: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    # asgiref's own, because a bare thread would not see Django's active language.
    return await sync_to_async(partial(_with_fresh_connections, call), thread_sensitive=False, executor=pool)()


def _with_fresh_connections(call: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()
