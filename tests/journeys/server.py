"""A real `kafedra serve` in a process of its own, on a free loopback port."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kafedra.course import Localized, dump_run, load_course, rebase_run

COURSE = Path(__file__).parents[2] / "course"
SMALL_ASSIGNMENT = Path(__file__).parent / "small"  # an assignment that loads and draws nothing
KAFEDRA = Path(sys.executable).with_name("kafedra")
OPEN_RUN = "now"  # the plan of 2023, as if today were two days after the first homework was issued
LATE_RUN = "2023"
INVITATIONS = "invitations-of-the-tests"  # in a data folder that `begin` made: a file for each role


class Server:
    """Starts, stops, and is killed; its data folder outlives it."""

    def __init__(self, data: Path, course: Path = COURSE, *, begun: Path | None = None, **settings: str) -> None:
        self.data, self.course = data, course
        # Each worker takes seconds to warm up, and the seminars of the topics as long to execute.
        self.settings = {"KAFEDRA_WORKERS": "1", "KAFEDRA_BUILD_TOPICS": "false", **settings}
        self.under: list[str] = []  # a program that runs it
        self.port = "0"
        self.base_url = ""
        self.log: list[str] = []
        self._invitations: dict[tuple[str, str], str] = {}
        if begun:
            shutil.copytree(begun, data, dirs_exist_ok=True)
            return
        (data / "runs").mkdir(parents=True, exist_ok=True)
        (data / "runs" / f"{OPEN_RUN}.toml").write_text(_open_run(), encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("KAFEDRA_", "DJANGO_"))}
        return {**clean, "KAFEDRA_COURSE": str(self.course), "KAFEDRA_DATA": str(self.data), **self.settings}

    def start(self) -> None:
        """Start it, on the port it had before, and wait until it listens."""
        self.process = subprocess.Popen(
            [*self.under, KAFEDRA, "serve", "--port", self.port],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.log.append(line)
            if "listens on" in line:
                self.base_url = line.split("listens on ")[1].split()[0]
                self.port = self.base_url.rsplit(":", 1)[1]
                break
        else:
            self.process.wait()
            self.process.stderr.close()
            raise AssertionError("the server did not start:\n" + "".join(self.log))
        self._drain = threading.Thread(target=self._keep_log, daemon=True)
        self._drain.start()

    def _keep_log(self) -> None:
        assert self.process.stderr is not None
        self.log.extend(self.process.stderr)
        self.process.stderr.close()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait for the end; returns the exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=200)
        self._drain.join()
        return code

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `kafedra` command on the same data."""
        return subprocess.run(
            [*self.under, KAFEDRA, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def invite(self, role: str = "student", run: str = OPEN_RUN) -> str:
        """The address of an invitation; everybody with the same role comes by the same one."""
        if run == OPEN_RUN and (ready := self.data / INVITATIONS / role).exists():
            return self.base_url + ready.read_text(encoding="ascii")
        if (role, run) not in self._invitations:
            done = self.run("invite", "--run", run, "--role", role)
            assert done.returncode == 0, done.stderr
            self._invitations[role, run] = done.stdout.strip()
        return self._invitations[role, run]


def begin(course: Path, folder: Path) -> Path:
    """A data folder in which everybody can be invited already: made once for all journeys that share `folder`.

    A new database goes through every migration and each invitation through a process of its own: seconds, which the
    first start of a server is there to take, and forty journeys about something else are not.
    """
    texts = [f"{one.relative_to(course)}\n{one.read_text(encoding='utf-8')}" for one in sorted(course.rglob("*.toml"))]
    place = folder / f"begun-{hashlib.sha256(''.join(texts).encode()).hexdigest()[:16]}"
    with (folder / f"{place.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / INVITATIONS).exists():
            shutil.rmtree(place, ignore_errors=True)
            first = Server(place, course)
            links = {role: first.invite(role) for role in ("student", "assistant", "instructor")}
            (place / INVITATIONS).mkdir()
            for role, link in links.items():
                (place / INVITATIONS / role).write_text(urlsplit(link).path, encoding="ascii")
    return place


def small_course(folder: Path) -> Path:
    """The shipped course in `folder`, its first assignment in little: for journeys that are not about homework.

    The others are announced and not written: a server looks at what is written, and warms what that asks for.
    """
    ignored = shutil.ignore_patterns("__pycache__", "homework")
    course = shutil.copytree(COURSE, folder / "course", ignore=ignored)
    first = course / "homework" / "activations"
    shutil.copytree(SMALL_ASSIGNMENT, first, ignore=shutil.ignore_patterns("__pycache__"))
    return course


def eventually(condition: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for what another process does; fail when it takes too long."""
    began = datetime.now(UTC)
    pause = threading.Event()
    while not condition():
        assert (datetime.now(UTC) - began).total_seconds() < seconds, "it never came"
        pause.wait(0.05)


def _open_run() -> str:
    model = load_course(COURSE).runs[LATE_RUN]
    today = datetime.now(UTC).date()
    title = Localized(ru="Сейчас", en="Now")
    return dump_run(rebase_run(model, slug=OPEN_RUN, title=title, anchor=date(2023, 1, 25), today=today))
