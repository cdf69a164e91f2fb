"""Running git on the server's own repositories, deaf to whatever git configuration the machine has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# Settings that hold for every repository live here and not in the repositories' own files: a changed
# setting then applies to repositories created long ago.
_ALWAYS = {
    # The data folder is ours whoever its owner is (a mounted volume, a restored backup).
    "safe.directory": "*",
    "core.quotePath": "false",
    "gc.auto": "2000",
    "gc.autoDetach": "false",
    # The reflog tells when each push arrived: recovery after a crash depends on it.
    "core.logAllRefUpdates": "true",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    # What a push was answered for survives a power cut.
    "core.fsync": "committed,reference",
}


class GitFailed(RuntimeError):
    """Git exited with an error; the text is what it said."""


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """A whole environment for a git process: nothing of ours but PATH, and `settings` as git configuration."""
    pairs = {**_ALWAYS, **(settings or {})}
    variables = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_COUNT": str(len(pairs)),
    }
    for index, (key, value) in enumerate(pairs.items()):
        variables[f"GIT_CONFIG_KEY_{index}"] = key
        variables[f"GIT_CONFIG_VALUE_{index}"] = value
    return variables


def git(
    arguments: Sequence[str],
    *,
    repository: Path,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> bytes:
    """Run ``git ARGUMENTS`` on a bare repository and return its standard output.

    `variables` are added to the environment. Raises GitFailed on a non-zero exit or after `timeout` seconds.
    """
    command = ["git", f"--git-dir={repository}", *arguments]
    try:
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            env={**environment(), **(variables or {})},
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GitFailed(f"git {arguments[0]}: no answer in {timeout:g} s") from error
    if done.returncode:
        raise GitFailed(f"git {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
