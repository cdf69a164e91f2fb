"""Whether the course has changed this assignment since it was cloned: asked of the server, for a second at most."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlunsplit

from kafedra.student.origin import origin_of

PATIENCE_SECONDS = 1.0
_MOST_BYTES = 200_000


@dataclass(frozen=True)
class Stale:
    """Files of the clone that are not as the course published them last, and when (aware) that was."""

    names: tuple[str, ...]
    published_at: datetime


def stale(folder: Path, patience: float = PATIENCE_SECONDS) -> Stale | None:
    """What is out of date in the clone ``folder``.

    None where nothing is, where no version was published, and where the server does not answer within ``patience``
    seconds: without a network `kafedra check` works as ever and says nothing.
    """
    address = _address(folder)
    if not address:
        return None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, http.client.HTTPException):
        with urllib.request.urlopen(address, timeout=patience) as answer:  # noqa: S310 - http or https, see _address
            told = json.loads(answer.read(_MOST_BYTES))
        if told["published_at"]:
            names = tuple(name for name, blob in told["files"].items() if _blob(folder, name) != blob)
            return Stale(names, datetime.fromisoformat(told["published_at"])) if names else None
    return None


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
