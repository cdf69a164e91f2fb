"""Packs as git would never make them, by hand: gitformat-pack(5)."""

from __future__ import annotations

import hashlib
import zlib


def object_head(kind: int, size: int) -> bytes:
    """The head of an object in a pack: gitformat-pack(5)."""
    first, size = (kind << 4) | (size & 15), size >> 4
    head = bytearray()
    while size:
        head.append(first | 0x80)
        first, size = size & 0x7F, size >> 7
    head.append(first)
    return bytes(head)


def number(value: int) -> bytes:
    """A size in a delta's head."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def pack(*objects: bytes) -> bytes:
    """A pack of whole objects, head and compressed contents each."""
    body = b"PACK" + (2).to_bytes(4) + len(objects).to_bytes(4) + b"".join(objects)
    return body + hashlib.sha1(body).digest()  # the format's own


def blob(data: bytes) -> bytes:
    return object_head(3, len(data)) + zlib.compress(data, 9)


def delta_on(base: bytes, delta: bytes) -> bytes:
    """A delta whose base is named."""
    return object_head(7, len(delta)) + hashlib.sha1(b"blob %d\0" % len(base) + base).digest() + zlib.compress(delta, 9)


def copies(of: int, times: int) -> bytes:
    """A delta that makes `times` copies of the first `of` bytes of a base of as many (at most 65,535)."""
    copy = bytes([0x80 | 0x10 | 0x20]) + of.to_bytes(2, "little")
    return number(of) + number(of * times) + copy * times


def delta_bomb() -> bytes:
    """A few kilobytes that unpack to more than a gigabyte: many deltas of one small blob, each of them 32 MB."""
    base = b"0" * 65_000
    return pack(blob(base), *(delta_on(base, copies(len(base), 500 + one)) for one in range(36)))
