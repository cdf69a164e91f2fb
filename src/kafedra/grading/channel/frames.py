"""One end of the channel: sends and receives whole frames, with a deadline."""

from __future__ import annotations

import contextlib
import time
from typing import Any, Final, Protocol

from kafedra.grading.channel import codec

DEFAULT_LIMIT: Final = 64 * 2**20
_CHUNK: Final = 2**20


class Closed(ConnectionError):
    """The other end is gone."""


class TimedOut(TimeoutError):
    """The deadline passed before a whole frame had crossed."""


class Deadline(Protocol):
    """When a wait ends. It may be put off while the wait lasts."""

    def remaining(self) -> float:
        """Seconds; zero or less when the time is over."""


class Transport(Protocol):
    """A byte stream with time-outs: a socket, or the two pipes of a child process."""

    def settimeout(self, seconds: float | None, /) -> None: ...
    def sendall(self, data: bytes, /) -> None: ...
    def recv_into(self, buffer: memoryview, /) -> int: ...
    def close(self) -> None: ...


class Channel:
    """Frames over a byte stream. ``limit`` is the most bytes that a received frame may have.

    Deadlines are instants of ``time.monotonic()`` or :class:`Deadline` objects; ``None`` waits for ever.
    """

    def __init__(self, transport: Transport, *, limit: int = DEFAULT_LIMIT, strided: bool = False) -> None:
        self._transport = transport
        self._limit = limit
        self._strided = strided

    def send(self, value: Any, *, deadline: float | Deadline | None = None) -> None:
        """Raises :class:`Closed`, :class:`TimedOut`, :class:`~codec.NotPlain`."""
        self.send_encoded(codec.encode(value), deadline=deadline)

    def send_encoded(self, frame: bytes, *, deadline: float | Deadline | None = None) -> None:
        with _translated_errors():
            self._transport.settimeout(_remaining(deadline))
            self._transport.sendall(frame)

    def receive(self, *, deadline: float | Deadline | None = None) -> Any:
        """Raises :class:`Closed`, :class:`TimedOut`, :class:`~codec.BadFrame`."""
        structure, blob = codec.lengths(bytes(self._exactly(codec.HEAD_SIZE, deadline)), self._limit)
        body = self._exactly(structure + blob, deadline)
        return codec.decode(body[:structure], body[structure:], strided=self._strided)

    def close(self) -> None:
        self._transport.close()

    def _exactly(self, size: int, deadline: float | Deadline | None) -> memoryview:
        # grows as bytes arrive: an announced length alone costs nothing
        buffer = bytearray(min(size, _CHUNK))
        filled = 0
        while filled < size:
            if filled == len(buffer):
                buffer.extend(bytes(min(size - filled, len(buffer))))
            filled += self._some(buffer, filled, deadline)
        return memoryview(buffer)

    def _some(self, buffer: bytearray, filled: int, deadline: float | Deadline | None) -> int:
        """Read what is there into the rest of ``buffer``, at least a byte; 0 if the deadline was put off meanwhile."""
        with memoryview(buffer) as view:
            try:
                with _translated_errors():
                    self._transport.settimeout(_remaining(deadline))
                    count = self._transport.recv_into(view[filled:])
            except TimedOut:
                _remaining(deadline)  # raises again, unless there is time now
                return 0
        if count == 0:
            raise Closed("the other end closed the channel")
        return count


def _remaining(deadline: float | Deadline | None) -> float | None:
    if deadline is None:
        return None
    remaining = deadline - time.monotonic() if isinstance(deadline, float) else deadline.remaining()
    if remaining <= 0:
        raise TimedOut
    return remaining


@contextlib.contextmanager
def _translated_errors() -> Any:
    try:
        yield
    except TimedOut:
        raise
    except TimeoutError:
        raise TimedOut from None
    except OSError as error:
        raise Closed(str(error)) from None
