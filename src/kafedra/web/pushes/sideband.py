"""Our words instead of git's answer: pkt-line frames, of which clients show one band after ``remote:``."""

from __future__ import annotations

from collections.abc import Iterable

_RESULT, _WORDS = b"\x01", b"\x02"
_LARGEST = 65_515
_FLUSH = b"0000"


def refused(references: Iterable[bytes], text: str) -> bytes:
    """A whole ``git-receive-pack`` result (gitprotocol-pack(5), "Report Status"): none of it is taken, and why."""
    report = b"".join([_line(b"unpack refused\n"), *(_line(b"ng %s refused\n" % name) for name in references), _FLUSH])
    pieces = (report[start : start + _LARGEST] for start in range(0, len(report), _LARGEST))
    return _line(_WORDS + text.encode()[:_LARGEST]) + b"".join(_line(_RESULT + piece) for piece in pieces) + _FLUSH


def _line(payload: bytes) -> bytes:
    return b"%04x" % (len(payload) + 4) + payload
