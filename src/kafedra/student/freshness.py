"""What the server says of the assignment in a clone: asked once, for a second at most.

Whether the course has changed it since it was cloned, and which Python, modules and packages it is graded with.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlunsplit

from kafedra.student.origin import origin_of

PATIENCE_SECONDS = 1.0
_MOST_BYTES = 200_000
_PYTHON: Final = re.compile(r"(\d{1,3})\.(\d{1,3})", re.ASCII)
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+!-]{0,60}")  # a package or a version: it comes into the terminal


@dataclass(frozen=True)
class Told:
    """The server's answer.

    ``files`` of the newest published version by Git's names of their contents, and when (aware) that was; nothing
    where none was published. ``python``, the names of ``modules`` and the versions of ``packages`` are those that it
    grades with, where it says.
    """

    files: Mapping[str, str]
    published_at: datetime | None
    python: tuple[int, int] | None
    packages: Mapping[str, str]
    modules: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stale:
    """Files of the clone that are not as the course published them last, and when (aware) that was."""

    names: tuple[str, ...]
    published_at: datetime


def ask(folder: Path, patience: float = PATIENCE_SECONDS) -> Callable[[], Told | None]:
    """Ask the server of the clone ``folder`` while others work; calling the result waits for what it says.

    None where it does not answer within ``patience`` seconds, or with something else: without a network
    `kafedra check` works as ever and says nothing of it. Names can take longer to be looked up than that, so it is a
    thread's business.
    """
    found = list[Told]()
    until = time.monotonic() + patience
    thread = threading.Thread(target=_ask, args=(folder, patience, found), daemon=True)
    thread.start()

    def answer() -> Told | None:
        thread.join(max(0.0, until - time.monotonic()))
        return found[0] if found else None

    return answer


def _ask(folder: Path, patience: float, found: list[Told]) -> None:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, http.client.HTTPException):
        if address := _address(folder):
            with urllib.request.urlopen(address, timeout=patience) as answer:  # noqa: S310 - http or https, see _address
                found.append(_told(json.loads(answer.read(_MOST_BYTES))))


def stale(folder: Path, told: Told) -> Stale | None:
    """What is out of date in the clone; None where nothing is, and where no version was published."""
    if told.published_at is None:
        return None
    names = tuple(name for name, blob in told.files.items() if _blob(folder, name) != blob)
    return Stale(names, told.published_at) if names else None


def _told(answer: Any) -> Told:
    """An older server says nothing of what it grades with."""
    python, packages = _PYTHON.fullmatch(str(answer.get("python"))), answer.get("packages", {})
    return Told(
        {str(name): str(blob) for name, blob in answer["files"].items()},
        datetime.fromisoformat(answer["published_at"]) if answer["published_at"] else None,
        (int(python[1]), int(python[2])) if python else None,
        {name: text for name, text in packages.items() if _WORD.fullmatch(name) and _WORD.fullmatch(text)},
        frozenset(map(str, answer.get("modules", ()))),
    )


def _address(folder: Path) -> str:
    """Of the server's answer, from where the clone came from; empty for a folder that isn't one."""
    origin = origin_of(folder)
    if origin is None or origin.address.scheme not in ("http", "https"):
        return ""
    place = origin.address.netloc.rpartition("@")[2]  # the token stays here
    page = quote(f"/{origin.run}/assignments/{origin.assignment}/edition.json")
    return urlunsplit((origin.address.scheme, place, page, "", ""))


def _blob(folder: Path, name: str) -> str:
    """Git's name of the contents of a file, however the checkout ends its lines; empty if there is none."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return ""
    data = path.read_bytes()
    if b"\0" not in data:
        data = data.replace(b"\r\n", b"\n")
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
