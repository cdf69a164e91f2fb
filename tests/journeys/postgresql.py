"""A cluster of PostgreSQL for a test, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_INITDB = str(_DEBIAN[-1]) if _DEBIAN else shutil.which("initdb")
INSTALLED = _INITDB is not None


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of an empty database in a fresh cluster that listens on a Unix socket only."""
    assert _INITDB
    programs = Path(_INITDB).parent
    folder = Path(tempfile.mkdtemp(prefix="kafedra-postgres-", dir="/tmp"))  # a socket's path must be short
    owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
    data = folder / "cluster"
    run = [*owner, str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    # whatever the locale of who tests: it need not be one that this machine has
    settings = ["-U", "kafedra", "-A", "trust", "-N", "-E", "UTF8", "--no-locale"]
    _do([*owner, str(programs / "initdb"), "-D", str(data), *settings])
    _do([*run, "start", "-l", str(folder / "log"), "-o", f"-k {folder} -c listen_addresses= -c fsync=off"])
    try:
        _do([*owner, str(programs / "createdb"), "-h", str(folder), "-U", "kafedra", "kafedra"])
        yield f"postgresql://kafedra@/kafedra?host={folder}"
    finally:
        _do([*run, "stop", "-m", "immediate"])
        shutil.rmtree(folder)


def _do(command: list[str]) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False
    )
    assert done.returncode == 0, done.stderr.decode()
