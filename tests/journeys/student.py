"""A student: an account by invitation, a token, a clone, a terminal."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

from tests.journeys.browser import Browser, text_of
from tests.journeys.server import COURSE, OPEN_RUN, Server, eventually

from kafedra.course import Assignment, load_assignment
from kafedra.web.demo.notebook import filled_in

ASSIGNMENT = load_assignment(COURSE / "homework" / "activations")
SOLUTION = ASSIGNMENT.solutions()[0].read_text(encoding="utf-8")
OVERFLOWING = (ASSIGNMENT.root / "mutants" / "sigmoid_overflow.py").read_text(encoding="utf-8")
PASSWORD = "a long enough password"

_GIT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "ru",
    "GIT_AUTHOR_NAME": "Student",
    "GIT_AUTHOR_EMAIL": "student@example.org",
    "GIT_COMMITTER_NAME": "Student",
    "GIT_COMMITTER_EMAIL": "student@example.org",
}


def slowed(solution: str, seconds: int = 3) -> str:
    """The same, but grading takes so much longer: enough to see its stages from outside, or to end the server in it."""
    found = solution.replace("class MyReLU:\n", f"class MyReLU:\n    waited = __import__('time').sleep({seconds})\n\n")
    assert found != solution, "the solution has a class to slow down"
    return found


@dataclass(frozen=True)
class Result:
    """What a git command did: its exit code, and what the terminal showed."""

    code: int
    text: str

    @property
    def words(self) -> str:
        """The text without git's own marks and line breaks."""
        return " ".join(self.text.replace("remote:", " ").split())


class Clone:
    """A working copy of an assignment; what solves it is one of the assignment's own solutions."""

    def __init__(self, folder: Path, assignment: Assignment = ASSIGNMENT) -> None:
        self.folder, self.assignment = folder, assignment

    @property
    def notebook(self) -> Path:
        return self.folder / self.assignment.notebook

    def git(self, *arguments: str) -> Result:
        with self.start(*arguments) as process:
            text, _nothing = process.communicate(timeout=200)
        return Result(process.returncode, text)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a git command; its output is both streams together."""
        environment = {**os.environ, **_GIT}
        return subprocess.Popen(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def commit(self) -> None:
        assert self.git("add", "--all").code == 0
        done = self.git("commit", "--quiet", "--allow-empty", "--message", "Решение")
        assert done.code == 0, done.text

    def solve(self, code: str = "") -> None:
        """Put the code, or without it a right solution, into the notebook as it was given out, and commit."""
        code = code or self.assignment.solutions()[0].read_text(encoding="utf-8")
        start = self.git("rev-list", "--max-parents=0", "HEAD").text.strip()
        blank = self.git("show", f"{start}:{self.assignment.notebook}").text.encode()
        self.notebook.write_bytes(filled_in(blank, code, self.assignment.requires))
        self.commit()

    def push(self, *arguments: str) -> Result:
        return self.git("push", *arguments)


class Student:
    """Joined the run, accepted the assignment, has a token."""

    def __init__(
        self,
        server: Server,
        login: str,
        run: str = OPEN_RUN,
        role: str = "student",
        assignment: str = ASSIGNMENT.slug,
    ) -> None:
        self.server, self.login, self.run = server, login, run
        self.assignment = load_assignment(server.course / "homework" / assignment)
        self.browser = Browser(server.base_url)
        self.browser.submit(
            server.invite(role, run), username=login, display_name=f"Человек {login}", password=PASSWORD
        )
        page = self.browser.submit("/account/tokens/", "/account/", label="laptop")
        found = re.search(r"kaf_[\w-]{20,}", page)
        assert found, "the new token is on the page"
        self.token = found[0]

    def accept(self) -> None:
        """Accept; a server that has just started may ask to come back, while it still looks at the assignment."""
        address = f"/{self.run}/assignments/{self.assignment.slug}/"
        eventually(lambda: self._accepted(address), seconds=240)

    def _accepted(self, address: str) -> bool:
        try:
            self.browser.submit(address)
        except HTTPError as error:
            with error:
                if error.code != 503:
                    raise AssertionError(text_of(error.read().decode())) from error
                return False
        return True

    def address(self, owner: str = "", token: str = "") -> str:
        """The git address of one's own repository, or of somebody else's."""
        place = self.server.base_url.removeprefix("http://")
        owner = owner or self.login
        return f"http://{self.login}:{token or self.token}@{place}/git/{self.run}/{self.assignment.slug}/{owner}.git"

    def clone(self, folder: Path) -> Clone:
        done = Clone(folder.parent).git("clone", "--quiet", self.address(), str(folder))
        assert done.code == 0, done.text
        return Clone(folder, self.assignment)

    def points(self) -> str:
        """What the page of grades says of the assignment, as its author reads it."""
        return self.browser.get(f"/{self.run}/grades/")

    def news(self) -> str:
        """What the page of news says."""
        return text_of(self.browser.get("/news/"))
