"""pip's errors, in one sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from telling import Stopped

_LAST_LINES = 12
_ANEW = "then run make again, which goes on from here"
_NO_SPACE = r"No space left on device|Errno 28|Disk quota exceeded"
_CERTIFICATE = r"CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError"
_NETWORK = (
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ConnectionError|ConnectionReset|IncompleteRead|"
    r"incomplete-download|ProxyError|connection broken|HTTP error [45]|Network is unreachable"
)
_NOT_THERE = r"(?:No matching distribution found for|The user requested) ([^\s;(]+)"
_HOST = r"host='([^']+)'"


def unreachable(said: str, index: str) -> Stopped | None:
    """What to do about it, if `said` is about a connection to the host `index` that could not be made."""
    if re.search(_CERTIFICATE, said):
        return Stopped(
            "the package index's certificate is not trusted here: if a proxy stands between, name its authority with "
            f"PIP_CERT=/path/to/ca.pem, {_ANEW}"
        )
    if broken := re.search(_NETWORK, said):
        line = next(line for line in said.splitlines() if broken[0] in line)
        named = re.search(_HOST, line)
        name = named[1] if named else index or "it does not answer"
        return Stopped(f"the package index can't be reached ({name}): look at the network or the proxy, {_ANEW}")
    return None


def meaning(said: Sequence[str], index: str, log: Path) -> Stopped:
    """Of what pip said before it failed, when it asked the host `index`; `log` has all of it."""
    text = "\n".join(said)
    if re.search(_NO_SPACE, text):
        return Stopped(f"the disk is full: make room where .venv is, {_ANEW}")
    if found := unreachable(text, index):
        return found
    if missing := re.search(_NOT_THERE, text):
        return Stopped(
            f"the package index has no {missing[1]} for this Python and machine: kafedra is for Python 3.11 to 3.13 on "
            "Linux with glibc 2.28 or newer, x86_64 or aarch64"
        )
    last = "\n    ".join(line for line in said[-_LAST_LINES:] if not line.startswith("Progress "))
    return Stopped(f"pip failed; all that it said is in {log}, its last words are\n    {last}")
