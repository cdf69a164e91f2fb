"""What thirty honest students do, and how long each thing takes."""

from __future__ import annotations

import http.client
import re
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

_PATIENCE_SECONDS = 300
_VERDICT = "1 из 1"


@dataclass
class Phase:
    """Seconds of each push and of each page; `lost` tells of each thing that failed or never came."""

    pushes: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, times: list[float], began: float) -> None:
        with self.lock:
            times.append(time.monotonic() - began)

    def lose(self, who: str, why: str) -> None:
        with self.lock:
            self.lost.append(f"{who}: {why}")


class Session:
    """A browser that keeps cookies, and no more."""

    def __init__(self, base: str) -> None:
        self._place, self._cookies = urlsplit(base), dict[str, str]()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        """The page; raises OSError for anything but an answer that is well."""
        line = http.client.HTTPConnection(str(self._place.hostname), self._place.port, timeout=_PATIENCE_SECONDS)
        headers = {"Cookie": self.cookie, "Accept-Language": "ru"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        line.request("POST" if form is not None else "GET", path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.split(";")[0].partition("=")
            self._cookies[name] = value
        line.close()
        if answer.status not in (200, 302):
            raise OSError(f"{path}: {answer.status}: {text[:300]}")
        return text

    def sign_in(self, login: str, password: str) -> None:
        """Anew: the session is forgotten, what else the browser keeps is not."""
        self._cookies.pop("sessionid", None)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("/sign-in/"))
        assert token, "the form has a token"
        self.ask("/sign-in/", {"username": login, "password": password, "csrfmiddlewaretoken": token[1]})


def browsers(told: dict[str, Any]) -> dict[str, Session]:
    """One for everybody, by login; they keep them from one week to the next."""
    return {login: Session(told["base"]) for login in told["students"]}


def class_works(told: dict[str, Any], own: dict[str, Session], commit: str, seconds: float) -> Phase:
    """Everybody comes within `seconds` in their `own` browser, at moments that are the same every time."""
    random, phase, start = Random(2023), Phase(), time.monotonic()
    with ThreadPoolExecutor(max_workers=len(told["students"])) as pool:
        comings = {
            login: pool.submit(_comes, told, login, own[login], commit, start + random.uniform(0, seconds), phase)
            for login in told["students"]
        }
    for login, coming in comings.items():
        if error := coming.exception():
            phase.lose(login, repr(error))
    return phase


def _comes(told: dict[str, Any], login: str, session: Session, commit: str, at: float, phase: Phase) -> None:
    time.sleep(max(0.0, at - time.monotonic()))
    clone = Path(told["students"][login])
    try:
        session.sign_in(login, told["password"])
        _looks(session, told, phase)
    except (OSError, http.client.HTTPException) as error:
        phase.lose(login, f"before the push: {error!r}")
    began = time.monotonic()
    command = ["git", "push", "origin", f"{commit}:main"]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False)
    if done.returncode == 0 and _VERDICT in done.stderr:
        phase.count(phase.pushes, began)
    else:
        phase.lose(login, f"git push ended with {done.returncode}: {done.stderr[-1000:]}")
    try:
        _looks(session, told, phase)
    except (OSError, http.client.HTTPException) as error:
        phase.lose(login, f"after the push: {error!r}")


def _looks(session: Session, told: dict[str, Any], phase: Phase) -> None:
    for path in (f"/{told['run']}/", f"/{told['run']}/assignments/activations/", f"/{told['run']}/grades/"):
        began = time.monotonic()
        session.ask(path)
        phase.count(phase.pages, began)
