"""``kafedra doctor``: what of the server works on this machine, what does not, and how to mend it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from kafedra.course import CourseError
from kafedra.web import clock

_OLDEST_GIT = (2, 34)
_LITTLE_SPACE_GB = 2
_LETTERS_ARE_LATE = timedelta(minutes=5)
_PACKAGES = {"torch": "course", "numpy": "course", "psycopg": "server", "argon2": "server"}


class Health(StrEnum):
    """`broken` stops the server's work or a part of it, `warn` does not."""

    OK = "ok"
    WARN = "warn"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` is what to do unless it is well."""

    what: str
    health: Health
    detail: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def _finding(what: str, well: bool, detail: str, remedy: str, otherwise: Health = Health.BROKEN) -> Finding:
    return Finding(what, Health.OK, detail) if well else Finding(what, otherwise, detail, remedy)


def examine() -> Iterator[Finding]:
    """Everything, one finding at a time: some take half a second. Django has to be configured."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _sandbox,
        _git,
        _data,
        _hiding_places,
        _database,
        letters,
        _course,
        _clock,
        _packages,
    )
    for check in checks:
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001  # a doctor that dies of a disease helps nobody
            name = check.__name__.strip("_")
            yield Finding(name, Health.BROKEN, f"{type(error).__name__}: {error}", "please report this")


def _sandbox() -> Iterator[Finding]:
    from kafedra.grading import check_sandbox

    for found in check_sandbox():
        yield _finding(found.name, found.ok, found.detail, found.remedy)


def _git() -> Iterator[Finding]:
    if shutil.which("git") is None:
        yield Finding("git", Health.BROKEN, "not found", "apt-get install git")
        return
    version = _said(["git", "version"]).removeprefix("git version ").split()[0]
    recent = tuple(int(part) for part in version.split(".")[:2]) >= _OLDEST_GIT
    yield _finding("git", recent, version, "install git {}.{} or newer".format(*_OLDEST_GIT))
    backend = Path(_said(["git", "--exec-path"])) / "git-http-backend"
    remedy = "install the whole git package (on Alpine: git-daemon)"
    yield _finding("git http-backend", os.access(backend, os.X_OK), str(backend), remedy)


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


def _data() -> Iterator[Finding]:
    from django.conf import settings

    data = Path(settings.DATA_DIR)
    remedy = f"chown it to the user of the server (uid {os.getuid()}), or set KAFEDRA_DATA"
    yield _finding("data folder", os.access(data, os.W_OK | os.X_OK), str(data), remedy)
    free = shutil.disk_usage(data).free / 2**30
    remedy = "make room: a full disk takes no pushes"
    yield _finding("disk", free >= _LITTLE_SPACE_GB, f"{free:.1f} GB free", remedy, Health.WARN)


def _hiding_places() -> Iterator[Finding]:
    from django.conf import settings

    from kafedra.grading import exposed

    for what, folder in (("course folder", settings.COURSE_DIR), ("data folder", settings.DATA_DIR)):
        if seen := exposed(Path(folder)):
            detail = f"{folder} lies in {seen}, which students' code can read"
            yield Finding(what, Health.BROKEN, detail, f"move it, and set KAFEDRA_{what.split()[0].upper()}")


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    detail = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1" if detail != "sqlite" else "PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if detail == "sqlite":
        remedy = "put the data folder on a local disk: SQLite's WAL does not work here"
        yield _finding("journal", mode == "wal", f"journal_mode={mode}", remedy, Health.WARN)
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    state = f"{missing} migrations to apply" if missing else "up to date"
    remedy = "nothing to do: kafedra serve applies them at start"
    yield _finding("database", not missing, f"{detail}, {state}", remedy, Health.WARN)


def letters() -> Iterator[Finding]:
    """Whether letters leave. Public, because looking at nothing else is quick."""
    from django.conf import settings
    from django.db import connection

    from kafedra.web.outbox import files
    from kafedra.web.outbox.models import Letter
    from kafedra.web.outbox.selectors import outbox

    by_server = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    way = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if by_server else f"files in {files.folder()}"
    if Letter._meta.db_table not in connection.introspection.table_names():
        yield Finding("letters", Health.OK, way)
        return
    found = outbox()
    late = found.since is not None and clock.now() - found.since > _LETTERS_ARE_LATE
    detail = f"{way}, {found.waiting} waiting, {found.failed} failed, {found.expired} too late"
    if found.error and (late or found.failed):
        detail += f"; the last error: {found.error.splitlines()[0]}"
    remedy = "check KAFEDRA_MAIL_URL and the mail server; what waits leaves by itself, what failed by the page Letters"
    yield _finding("letters", not (late or found.failed), detail, remedy, Health.WARN)


def _course() -> Iterator[Finding]:
    from django.conf import settings

    from kafedra.web.runs import course

    try:
        loaded = course.current()
    except CourseError as error:
        first = str(error).splitlines()[0]
        remedy = "kafedra course check shows every mistake"
        yield Finding("course", Health.BROKEN, f"{settings.COURSE_DIR}: {first}", remedy)
        return
    runs = ", ".join(loaded.runs) or "none"
    yield Finding("course", Health.OK, f"{loaded.title.in_('en')}: {len(loaded.assignments)} assignments, runs: {runs}")
    chosen = settings.DEFAULT_RUN
    if chosen:
        yield _finding("run", chosen in loaded.runs, f"KAFEDRA_RUN={chosen}", f"choose one of: {runs}")


def _clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    yield _finding("clock", now.year >= 2025, f"{now:%Y-%m-%d %H:%M:%S} UTC", "set it: deadlines depend on it")


def _packages() -> Iterator[Finding]:
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if not missing:
        yield Finding("packages", Health.OK, ", ".join(_PACKAGES))
    for name in missing:
        remedy = f"pip install 'kafedra[{_PACKAGES[name]}]'"
        yield Finding("packages", Health.WARN, f"{name} is not installed", remedy)
