"""The only source of time: aware UTC, and movable for the demo and for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)


def now() -> datetime:
    """The current moment, aware, in UTC, moved by whatever `shifted` is in force."""
    return datetime.now(UTC) + _offset


@contextmanager
def shifted(offset: timedelta) -> Iterator[None]:
    """Move `now` by `offset` inside the block, for the whole process (server threads included); nests by adding."""
    global _offset
    before, _offset = _offset, _offset + offset
    try:
        yield
    finally:
        _offset = before
