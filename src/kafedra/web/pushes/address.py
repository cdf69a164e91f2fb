"""The addresses under ``/git/``: exactly the four requests of git's smart HTTP protocol."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SLUG = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PATH = re.compile(
    rf"/git/(?P<run>{_SLUG})/(?P<assignment>{_SLUG})/(?P<login>{_SLUG})\.git/"
    r"(?P<tail>info/refs|git-upload-pack|git-receive-pack)"
)
_SERVICES = ("git-upload-pack", "git-receive-pack")


@dataclass(frozen=True, slots=True)
class Address:
    """Which repository, which request, and whether it is a part of a push."""

    run: str
    assignment: str
    login: str
    tail: str
    service: str

    @property
    def write(self) -> bool:
        return self.service == "git-receive-pack"

    @property
    def brings_push(self) -> bool:
        """The request that carries the commits, not the one that asks what is there."""
        return self.tail == "git-receive-pack"


def parse(method: str, path: str, query: str) -> Address | None:
    """The address, or None when git's smart protocol has no such request."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    tail = found["tail"]
    if tail == "info/refs":
        service = query.removeprefix("service=")
        expected = "GET"
    else:
        service, expected = tail, "POST"
    if service not in _SERVICES or method != expected:
        return None
    return Address(found["run"], found["assignment"], found["login"], tail, service)
