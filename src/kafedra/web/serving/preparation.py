"""What happens before the server listens: settings, database, translations, course, and that nobody else is at it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

_LOCK = "server.lock"
_PREPARING = "preparing.lock"


class DataInUse(RuntimeError):
    """Another server works with the same data folder."""


def configure(values: Mapping[str, str | Path | None]) -> None:
    """Set ``KAFEDRA_…`` variables from the command line (None leaves the environment's own) and start Django.

    Raises ImproperlyConfigured that names the wrong variable.
    """
    for name, value in values.items():
        if value is not None:
            os.environ[f"KAFEDRA_{name.upper()}"] = str(value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kafedra.web.config.settings")
    django.setup()


def prepare() -> None:
    """Bring the data folder up to this version. Whoever comes meanwhile (a server, a command beside it) waits for it.

    Raises CourseError when the course has mistakes, ImproperlyConfigured when Django's checks find errors.
    """
    from django.core.management import call_command

    from kafedra.web.frame.translations import ensure_compiled
    from kafedra.web.runs import course
    from kafedra.web.runs.services import ensure_runs

    if problems := [str(one) for one in checks.run_checks() if one.is_serious()]:
        raise ImproperlyConfigured("\n".join(problems))
    course.current()
    Path(settings.REPOSITORIES_DIR).mkdir(parents=True, exist_ok=True)
    with (Path(settings.DATA_DIR) / _PREPARING).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ensure_compiled()
        call_command("migrate", interactive=False, verbosity=0)
        ensure_runs()


@contextmanager
def sole_owner(data: Path, base_url: str) -> Iterator[None]:
    """Hold the data folder for this process alone; the lock goes with the process, however it ends.

    Other users of the machine get no access: students' work and digests of passwords are in it.
    """
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    with (data / _LOCK).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataInUse(f"another kafedra serves from {data}") from error
        lock.truncate(0)
        lock.write(base_url)
        lock.flush()
        yield


def served_at(data: Path) -> str:
    """Where the server of this data folder listens, or listened last; empty when there was none."""
    lock = data / _LOCK
    return lock.read_text(encoding="ascii") if lock.exists() else ""
