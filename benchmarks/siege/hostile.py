"""``python -m benchmarks.siege.hostile``: one person, with an account and without, does everything at once.

Reads what it needs as JSON from stdin; goes on for so many seconds; tells its own processor time at the end. What it
sends is made beforehand, and it reads no more of an answer than it must.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.siege.packs import delta_bomb

_SILENT = 400
_PAUSE = 0.05  # between two attempts of one kind: its client shares the machine with the server


def main() -> None:
    """Everything of the list, side by side."""
    told = json.load(sys.stdin)
    until = time.monotonic() + told["seconds"]
    kinds: list[Callable[[dict[str, Any]], None]] = [bomb, bomb, guess, guess, ask_for_letter, numbers, bad_host]
    threads = [threading.Thread(target=_again, args=(kind, told, until), daemon=True) for kind in kinds]
    threads += [threading.Thread(target=push_sleepers, args=(told,), daemon=True)]
    threads += [threading.Thread(target=stay_silent, args=(told, until), daemon=True)]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, until - time.monotonic()))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"cpu_s": sum(one.ru_utime + one.ru_stime for one in used)}))


def _again(kind: Callable[[dict[str, Any]], None], told: dict[str, Any], until: float) -> None:
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            kind(told)
        time.sleep(_PAUSE)


def _post(told: dict[str, Any], path: str, body: bytes, headers: dict[str, str]) -> None:
    place = urlsplit(told["base"])
    line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
    line.request("POST" if body else "GET", path, body or None, headers)
    line.getresponse().read()
    line.close()


def bomb(told: dict[str, Any]) -> None:
    """A few kilobytes that unpack to a gigabyte."""
    command = b"%s %s refs/heads/b\0report-status side-band-64k" % (b"0" * 40, b"1" * 40)
    body = b"%04x" % (len(command) + 4) + command + b"0000" + _BOMB
    kind = {"Content-Type": "application/x-git-receive-pack-request", "Authorization": told["authorization"]}
    _post(told, f"{told['repository']}/git-receive-pack", body, kind)


def guess(told: dict[str, Any]) -> None:
    """A password, of an account that may not be."""
    _post(told, "/sign-in/", f"csrfmiddlewaretoken={_CSRF}&username=student-001&password=guess".encode(), _FORM)


def ask_for_letter(told: dict[str, Any]) -> None:
    """A link by letter."""
    _post(told, "/sign-in/link/", f"csrfmiddlewaretoken={_CSRF}&email=victim@example.org".encode(), _FORM)


def numbers(told: dict[str, Any]) -> None:
    """A page of one's own that shows the notebook of numbers."""
    _post(told, told["page"], b"", {"Cookie": told["cookie"]})


def bad_host(told: dict[str, Any]) -> None:
    """A line in the log."""
    _post(told, "/", b"", {"Host": "elsewhere.example"})


def stay_silent(told: dict[str, Any], until: float) -> None:
    """Many connections that never finish their heads."""
    place = urlsplit(told["base"])
    while time.monotonic() < until:
        held = []
        with contextlib.suppress(OSError):
            for _ in range(_SILENT):
                held.append(socket.create_connection((str(place.hostname), place.port or 80), timeout=5))
                held[-1].sendall(b"GET / HTTP/1.1\r\nX: ")
        time.sleep(5)
        for line in held:
            line.close()


def push_sleepers(told: dict[str, Any]) -> None:
    """Two pushes whose code only sleeps; the notebook of numbers was pushed before."""
    for commit in ("HEAD~1", "HEAD"):
        subprocess.run(["git", "push", "-q", "origin", f"{commit}:main"], cwd=Path(told["hostile"]), check=False)


_BOMB = delta_bomb()
_CSRF = "a" * 32
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={_CSRF}"}
assert re.fullmatch(r"a{32}", _CSRF)

if __name__ == "__main__":
    main()
