"""The light wheel that students install: this very package without its web part, packed by the server itself.

No build tool is needed, and an editable installation will do. The same installation gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
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


def filename() -> str:
    """``kafedra-0.1.0-py3-none-any.whl``."""
    return f"kafedra-{kafedra.__version__}-py3-none-any.whl"


def address() -> str:
    """Where students get it from."""
    return f"{settings.BASE_URL}/download/{filename()}"


@cache
def content() -> bytes:
    """The wheel itself. Packed once: the running server's own code does not change."""
    info = f"kafedra-{kafedra.__version__}.dist-info"
    files = dict(_modules())
    files[f"{info}/METADATA"] = _metadata().encode()
    files[f"{info}/WHEEL"] = _WHEEL.encode()
    files[f"{info}/entry_points.txt"] = (distribution("kafedra").read_text("entry_points.txt") or "").encode()
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    return _zip(files)


def _modules() -> Iterator[tuple[str, bytes]]:
    root = Path(kafedra.__file__).parent
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_file() and not _LEFT_OUT & set(place.parts) and path.suffix != ".pyc":
            yield f"kafedra/{place.as_posix()}", path.read_bytes()


def _metadata() -> str:
    """The installed package's own metadata without the extras whose code is not in this wheel."""
    text = distribution("kafedra").read_text("METADATA") or ""
    head, _blank, description = text.partition("\n\n")
    kept = [
        line
        for line in head.split("\n")
        if not line.startswith("License-File:") and not any(mark in line for mark in _EXTRAS_LEFT_OUT)
    ]
    return "\n".join(kept) + "\n\n" + description


def _record(files: dict[str, bytes], itself: str) -> str:
    lines = []
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}")
    return "\n".join([*lines, f"{itself},,", ""])


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()
