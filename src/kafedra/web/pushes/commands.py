"""The head of a push: which references it wants to move. Read before git is, so that a refusal costs no process.

The format is that of gitprotocol-pack(5), "Reference Update Request": pkt-lines up to a flush, then the pack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

MAX_COMMANDS = 200
_SHORTEST, _LONGEST = 4, 65_520


class MalformedPush(ValueError):
    """Nothing that a git client sends."""


@dataclass(frozen=True, slots=True)
class Commands:
    """`pack_at` is the offset of the pack, or None where the push is only asked about or deletes."""

    references: tuple[bytes, ...]
    capabilities: frozenset[bytes]
    pack_at: int


def read_commands(body: IO[bytes]) -> Commands:
    """From the beginning of `body`; what follows stays unread. Raises MalformedPush."""
    references: list[bytes] = []
    capabilities: frozenset[bytes] = frozenset()
    while line := _pkt_line(body):
        told, _nul, extra = line.partition(b"\0")
        if _nul:
            capabilities |= frozenset(extra.split())
        if told.startswith(b"shallow "):
            continue
        parts = told.rstrip(b"\n").split(b" ", 2)
        if len(parts) != 3 or len(references) == MAX_COMMANDS:
            raise MalformedPush("not a list of references, or too long a one")
        references.append(parts[2])
    return Commands(tuple(references), capabilities, body.tell())


def _pkt_line(body: IO[bytes]) -> bytes:
    """The next line; empty at a flush and at the end of the body."""
    head = body.read(_SHORTEST)
    if head in (b"", b"0000"):
        return b""
    try:
        length = int(head, 16)
    except ValueError:
        raise MalformedPush("no pkt-line") from None
    if not _SHORTEST < length <= _LONGEST:
        raise MalformedPush("a pkt-line of a wrong length")
    line = body.read(length - _SHORTEST)
    if len(line) != length - _SHORTEST:
        raise MalformedPush("a pkt-line without its end")
    return line
