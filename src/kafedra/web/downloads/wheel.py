"""The light wheel that students install: this very package without its web part, packed by the server itself.

No build tool is needed, and an editable installation will do. The same installation gives the same bytes.

A clone's README names the wheel of the day on which the assignment was accepted, and stays as it is. So an earlier
version is answered, too, with the present code: only that says what the server says, and the clone's tests may be newer
than its README. Installers refuse a wheel whose name and metadata differ, so the metadata have the version asked for.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from django.conf import settings

import kafedra

_LEFT_OUT = {"web", "__pycache__"}
_EXTRAS_LEFT_OUT = tuple(
    mark
    for extra in ("server", "dev")
    for mark in (f"Provides-Extra: {extra}", f"extra == '{extra}'", f'extra == "{extra}"')
)
_MOMENT = (2023, 1, 1, 0, 0, 0)
_WHEEL = "Wheel-Version: 1.0\nGenerator: kafedra\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_VERSION = r"(?P<numbers>\d{1,6}(?:\.\d{1,6}){0,3})(?:(?:a|b|rc|\.post|\.dev)\d{1,6})?"
_NAME = re.compile(rf"kafedra-(?P<version>{_VERSION})-py3-none-any\.whl", re.ASCII)


def filename() -> str:
    """``kafedra-0.1.0-py3-none-any.whl``."""
    return f"kafedra-{kafedra.__version__}-py3-none-any.whl"


def address() -> str:
    """Where students get it from."""
    return f"{settings.BASE_URL}/download/{filename()}"


def named(name: str) -> bytes | None:
    """The wheel of this name; None unless it is that of this version or of an earlier one."""
    asked, ours = _NAME.fullmatch(name), _NAME.fullmatch(filename())
    if asked is None or ours is None or _numbers(asked) > _numbers(ours):
        return None
    return content(asked["version"])


def content(version: str = kafedra.__version__) -> bytes:
    """The wheel itself, as that of `version`."""
    info = f"kafedra-{version}.dist-info"
    about = {
        f"{info}/METADATA": _metadata(version).encode(),
        f"{info}/WHEEL": _WHEEL.encode(),
        f"{info}/entry_points.txt": (distribution("kafedra").read_text("entry_points.txt") or "").encode(),
    }
    record = f"{info}/RECORD"
    lines = [*code().lines, *map(_line, about, about.values()), f"{record},,", ""]
    return _zip(about | {record: "\n".join(lines).encode()}, code().packed)


@dataclass(frozen=True)
class Code:
    """The modules, compressed, and what RECORD says of them."""

    packed: bytes
    lines: tuple[str, ...]


@cache
def code() -> Code:
    """What all versions have in common. Packed once: the running server's own code does not change."""
    files = dict(_modules())
    return Code(_zip(files), tuple(map(_line, files, files.values())))


def _modules() -> Iterator[tuple[str, bytes]]:
    root = Path(kafedra.__file__).parent
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and not _LEFT_OUT & set(place.parts) and path.suffix != ".pyc":
            yield f"kafedra/{place.as_posix()}", path.read_bytes()


def _metadata(version: str) -> str:
    """The installed package's own metadata without the extras whose code is not in this wheel."""
    text = distribution("kafedra").read_text("METADATA") or ""
    head, _blank, description = text.partition("\n\n")
    kept = [
        f"Version: {version}" if line.startswith("Version:") else line
        for line in head.split("\n")
        if not line.startswith("License-File:") and not any(mark in line for mark in _EXTRAS_LEFT_OUT)
    ]
    return "\n".join(kept) + "\n\n" + description


def _line(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}"


def _zip(files: Mapping[str, bytes], beginning: bytes = b"") -> bytes:
    """An archive of `files`, behind those of the archive `beginning`."""
    packed = io.BytesIO(beginning)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def _numbers(name: re.Match[str]) -> list[int]:
    """By which a version is earlier or later; what stands behind them decides nothing."""
    return [int(one) for one in name["numbers"].split(".")]
