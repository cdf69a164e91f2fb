"""What a pack would become if git unpacked it: counted from its headers, before anything is written.

Deltas make it cheap to lie: 4.5 KB of them unpack to more than a gigabyte. Each object of a pack names its size, and
a delta also that of what it makes, in its first bytes; git refuses an object that is not as large as it says, so their
sum can be trusted. The format is that of gitformat-pack(5).
"""

from __future__ import annotations

import mmap
import zlib
from dataclasses import dataclass
from typing import IO

MAX_OBJECTS = 20_000
MAX_UNPACKED_BYTES = 256 * 2**20  # of a whole push
MAX_TREES_BYTES = 24 * 2**20  # commits, trees and tags: git keeps those of a push in memory
MAX_DELTA_BYTES = 40 * 2**20  # of what one delta makes, which git keeps in memory, too

_HEADER = 12
_BLOB, _BY_OFFSET, _BY_NAME = 3, 6, 7
_NAME_BYTES = 20
_STEP = 2**16
_SIZES = 20  # bytes: two numbers of at most ten


class PackTooLarge(ValueError):
    """It is small, and would not be small unpacked."""


class MalformedPack(ValueError):
    """Git would not take it either."""


@dataclass(frozen=True, slots=True)
class Survey:
    """How many objects there are, and their bytes unpacked."""

    objects: int
    unpacked: int


def survey(file: IO[bytes], start: int) -> Survey:
    """Look through the pack that begins at `start`. Raises PackTooLarge as soon as a bound is passed, or MalformedPack.

    It costs the time of decompressing what the bounds allow, and keeps nothing.
    """
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return _Pack(mapped, start).survey()
    except (IndexError, zlib.error, ValueError) as error:
        if isinstance(error, PackTooLarge):
            raise
        raise MalformedPack(str(error)) from error


class _Pack:
    """One pass over a pack, object by object."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data, self._at, self._start = data, start, start
        self._kinds: dict[int, int] = {}  # by offset
        self._unpacked = self._trees = 0

    def survey(self) -> Survey:
        if self._data[self._at : self._at + 4] != b"PACK":
            raise MalformedPack("no pack")
        number = int.from_bytes(self._data[self._at + 8 : self._at + _HEADER])
        if number > MAX_OBJECTS:
            raise PackTooLarge(f"{number} objects")
        self._at += _HEADER
        for _ in range(number):
            self._object()
        return Survey(number, self._unpacked)

    def _object(self) -> None:
        offset = self._at
        kind, size = self._head()
        if kind in (_BY_OFFSET, _BY_NAME):
            kind = self._base(kind, offset)
            self._count(kind, size)
            self._count(kind, self._made(size))
        else:
            self._count(kind, size)
            self._inflate(size)
        self._kinds[offset] = kind

    def _count(self, kind: int, size: int) -> None:
        self._unpacked += size
        self._trees += 0 if kind == _BLOB else size
        if self._unpacked > MAX_UNPACKED_BYTES:
            raise PackTooLarge(f"more than {MAX_UNPACKED_BYTES} bytes")
        if self._trees > MAX_TREES_BYTES:
            raise PackTooLarge(f"more than {MAX_TREES_BYTES} bytes of commits and trees")

    def _head(self) -> tuple[int, int]:
        """Kind and size: the low four bits of the first byte, then seven of each that follows."""
        byte = self._byte()
        kind, size, shift = byte >> 4 & 7, byte & 15, 4
        while byte & 0x80:
            byte = self._byte()
            size |= (byte & 0x7F) << shift
            shift += 7
            if shift > 64:
                raise MalformedPack("a size without an end")
        return kind, size

    def _base(self, kind: int, offset: int) -> int:
        """Skip what a delta is made from; its kind, where it is known."""
        if kind == _BY_NAME:
            self._at += _NAME_BYTES
            return _BLOB
        byte = self._byte()
        distance = byte & 0x7F
        while byte & 0x80:
            byte = self._byte()
            distance = (distance + 1 << 7) | (byte & 0x7F)
        return self._kinds.get(offset - distance, _BLOB)

    def _made(self, size: int) -> int:
        """The size of what a delta of `size` bytes makes."""
        head = self._inflate(size)
        _source, at = _number(head, 0)
        target, _at = _number(head, at)
        if target > MAX_DELTA_BYTES:
            raise PackTooLarge(f"an object of {target} bytes")
        return target

    def _inflate(self, size: int) -> bytes:
        """Pass over one compressed object that says it has `size` bytes; returns its first few."""
        unpacking, head, total = zlib.decompressobj(), b"", 0
        step = min(_STEP, size + 64)
        while not unpacking.eof:
            piece = self._data[self._at : self._at + step]
            out = unpacking.decompress(piece, _STEP)
            read = len(piece) - _left(unpacking)
            self._at += read
            head, total = (head + out[:_SIZES])[:_SIZES] if len(head) < _SIZES else head, total + len(out)
            if total > size or not (read or out):
                raise MalformedPack("an object that is not as large as it says")
        if total != size:
            raise MalformedPack("an object that is not as large as it says")
        return head

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]


def _left(unpacking: zlib._Decompress) -> int:
    """How much of the last piece was not used; at the end, `unconsumed_tail` is left over from before."""
    return len(unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of a delta's head, and where the next one begins."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at
