"""Running git on the server's own repositories, deaf to whatever git configuration the machine has."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

# Settings that hold for every repository live here and not in the repositories' own files: a changed
# setting then applies to repositories created long ago.
_ALWAYS = {
    # The data folder is ours whoever its owner is (a mounted volume, a restored backup).
    "safe.directory": "*",
    "core.quotePath": "false",
    "gc.auto": "0",  # `submissions.tidying` decides
    "gc.packRefs": "false",
    # The reflog tells when each push arrived: recovery after a crash depends on it.
    "core.logAllRefUpdates": "true",
    "gc.reflogExpire": "never",
    "gc.reflogExpireUnreachable": "never",
    # What a push was answered for survives a power cut.
    "core.fsync": "committed,reference",
    # What a stranger's objects may make git remember, within the limits of `limited`.
    "core.bigFileThreshold": "4m",  # larger files go to disk piece by piece: half a megabyte may be half a gigabyte
    "core.deltaBaseCacheLimit": "32m",
    "core.packedGitWindowSize": "16m",
    "core.packedGitLimit": "64m",
    "pack.windowMemory": "16m",
    "pack.deltaCacheSize": "16m",
    "pack.threads": "1",
}
# Of address space and of processor time, for each process: whatever is in an object, no more than this is lost to it.
_MEMORY_KB, _SECONDS = 300 * 1024, 5


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


def limited(*arguments: str, seconds: int = _SECONDS) -> list[str]:
    """The command line of ``git ARGUMENTS`` that can't take more than 300 MB, nor more seconds of the processor."""
    return ["/bin/sh", "-c", f'ulimit -v {_MEMORY_KB}; ulimit -t {seconds}; exec git "$@"', "git", *arguments]


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
    command = limited(f"--git-dir={repository}", *arguments, seconds=max(_SECONDS, int(timeout)))
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


def git_records(
    arguments: Sequence[str],
    *,
    repository: Path,
    most: int,
    most_bytes: int,
    variables: Mapping[str, str] | None = None,
    timeout: float = 10,
) -> list[str]:
    """The first `most` records, ended by NUL, that ``git ARGUMENTS`` prints; it is not let print the rest.

    For output that a stranger's objects can make endless. Raises GitFailed on a non-zero exit, after `timeout` seconds,
    and when there are `most_bytes` before there are `most` records.
    """
    command = limited(f"--git-dir={repository}", *arguments)
    deadline, printed = time.monotonic() + timeout, bytearray()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment(), **(variables or {})},
    ) as process:
        assert process.stdout is not None
        try:
            while printed.count(0) < most:
                ready, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
                if not ready or len(printed) > most_bytes:
                    raise GitFailed(f"git {arguments[0]}: more than can be read")
                if not (chunk := os.read(process.stdout.fileno(), 2**16)):
                    if code := process.wait(timeout):
                        raise GitFailed(f"git {arguments[0]}: exit code {code}")
                    break
                printed += chunk
        finally:
            process.kill()
    return printed.decode(errors="replace").split("\0")[:-1][:most]
