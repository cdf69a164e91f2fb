"""What was made of files once and stays right until they change: bytes by key, in a folder of the user's cache."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_MOST: Final = 1000  # files; beyond that the oldest half goes


class Shelf:
    """A folder ``name`` in the user's cache; where there can be none, nothing is kept and all goes on.

    Several processes may use it at once, and losing it costs what was saved and nothing else.
    """

    def __init__(self, name: str) -> None:
        self._folder = _users_cache(name)

    def get(self, key: str) -> bytes | None:
        """What was put there under this key."""
        if self._folder is None:
            return None
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep it, whole or not at all."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, written = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(written).replace(self._folder / key)
            self._tidy(self._folder)

    @staticmethod
    def _tidy(folder: Path) -> None:
        kept = list(folder.iterdir())
        if len(kept) > _MOST:
            for one in sorted(kept, key=lambda one: one.stat().st_mtime)[: len(kept) // 2]:
                one.unlink(missing_ok=True)


def _users_cache(name: str) -> Path | None:
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kafedra" / name
    except RuntimeError:  # somebody without a home
        return None


def key_of(parts: Iterable[bytes]) -> str:
    """One key for all of them in this order."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


def files_below(root: Path) -> Iterator[Path]:
    """Every file in the folder that somebody wrote, in an order that is always the same."""
    return (path for path in sorted(root.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def contents(root: Path) -> Iterator[bytes]:
    """The names and the bytes of :func:`files_below`."""
    for path in files_below(root):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


def versions(distributions: Iterable[str]) -> Iterator[bytes]:
    """Each package with the version that is installed."""
    for name in sorted(set(distributions)):
        try:
            yield f"{name} {importlib.metadata.version(name)}".encode()
        except importlib.metadata.PackageNotFoundError:
            yield name.encode()
