"""Two halves of a secret: one for the database, one in a file. Each alone is random noise, whoever looks at it.

The file is a one-time pad: as long as the secret, drawn at random, used once. Whatever is written next gets a pad of
its own and the old one is destroyed, so that no older copy of the database can be read, not even by who has the file.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from kafedra.web.runs.models import Run


class HalfLost(Exception):
    """The file isn't there: the database came back from a copy, or somebody took the file away."""


def folder_of(run: Run, topic: int) -> Path:
    """Where the other halves of one survey are: one file, and for a moment two."""
    return Path(settings.DATA_DIR) / "feedback" / run.slug / str(topic)


def split(secret: bytes, folder: Path) -> tuple[bytes, str]:
    """The half for the database, and the name of the file with the other, which is on the disk when this returns."""
    pad, name = secrets.token_bytes(len(secret)), secrets.token_hex(16)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pad)
        file.flush()
        os.fsync(descriptor)
    _fsync(folder)
    return _xor(secret, pad), name


def join(half: bytes, name: str, folder: Path) -> bytes:
    """The secret. Raises HalfLost if the file is gone or is another one, OSError if it can't be read now."""
    try:
        pad = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise HalfLost(f"{folder / name}: {error.strerror}") from error
    if len(pad) != len(half):
        raise HalfLost(f"{folder / name}: {len(pad)} bytes instead of {len(half)}")
    return _xor(half, pad)


def others(folder: Path, keep: str) -> list[str]:
    """What lies in `folder` besides `keep`: left by a write that came to nothing, or by a server that was killed."""
    return [path.name for path in folder.iterdir() if path.name != keep] if folder.is_dir() else []


def destroy(folder: Path, names: Iterable[str]) -> None:
    """Overwrite and remove these halves, if they are there."""
    for path in (folder / name for name in names if name):
        try:
            _overwrite(path)
        except FileNotFoundError:
            continue
        path.unlink(missing_ok=True)
        _fsync(folder)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
