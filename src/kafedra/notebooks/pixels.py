"""How large a picture says that it is: read from its first bytes, without a library that decodes pictures."""

from __future__ import annotations

from typing import Final

# The markers of a JPEG that hold its size: "start of frame", all but three of 0xC0 … 0xCF.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # without a length after them


def pixels(mime: str, data: bytes) -> tuple[int, int]:
    """Width and height of a PNG, JPEG or GIF; zeros where the file is too short to say."""
    if mime == "image/png":
        if data[12:16] != b"IHDR":  # nor does a browser read it
            return 0, 0
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if mime == "image/gif":
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    return _of_jpeg(data)


def _of_jpeg(data: bytes) -> tuple[int, int]:
    """The largest of its frames: a decoder takes one of them."""
    at, largest = 2, (0, 0)
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker in _FRAMES:
            found = int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
            largest = max(largest, found, key=lambda size: size[0] * size[1])
        if marker == 0xDA:  # the pixels begin
            break
        if marker == 0xFF:
            at += 1
        else:
            at += 2 if marker in _ALONE else 2 + int.from_bytes(data[at + 2 : at + 4])
    return largest
