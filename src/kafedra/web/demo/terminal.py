"""A student's terminal: git as they use it, in a clone of their own."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PLAIN_GIT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8",
}


@dataclass(frozen=True, slots=True)
class Clone:
    """A working copy. Raises subprocess.CalledProcessError when git refuses something it should not."""

    folder: Path
    author: str

    @classmethod
    def make(cls, address: str, folder: Path, author: str) -> Clone:
        clone = cls(folder, author)
        clone._git("clone", "--quiet", address, str(folder), at=folder.parent)
        return clone

    def commit(self, message: str) -> None:
        """Commit everything, empty commits included: a push needs something to push."""
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", message)

    def push(self) -> str:
        """``git push``; what the terminal showed."""
        return self._git("push")

    def _git(self, *arguments: str, at: Path | None = None) -> str:
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", self.author), ("EMAIL", "student@example.org"))
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=at or self.folder,
            env={**os.environ, **_PLAIN_GIT, **identity},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        # Git pads the server's lines with blanks, to wipe out what a terminal may have there.
        return "\n".join(line.rstrip() for line in done.stdout.splitlines())
