"""Our words inside git's answer: pkt-line frames of the progress band, which clients show after ``remote:``."""

from __future__ import annotations

_BAND = b"\x02"
_LARGEST = 65_515


def remark(text: str) -> bytes:
    """A frame that may stand before the first frame of a ``git-receive-pack`` result."""
    payload = _BAND + text.encode()[:_LARGEST]
    return b"%04x" % (len(payload) + 4) + payload
