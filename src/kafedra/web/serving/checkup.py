"""``kafedra doctor``: what of the server works on this machine, what does not, and how to mend it."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import distributions, version
from importlib.util import find_spec
from pathlib import Path

from kafedra.course import Assignment, CourseError
from kafedra.course.libraries import packages_of
from kafedra.grading.sandbox import gpu, programs
from kafedra.notebooks import installing
from kafedra.web.frame.doctor import CHECKS, Finding, Health, finding

_OLDEST_GIT = (2, 34)
_LITTLE_SPACE_GB = 2
_PACKAGES = ("psycopg", "argon2")


def examine() -> Iterator[Finding]:
    """Everything, one finding at a time: some take half a second. Django has to be configured."""
    for name, check in _checks():
        try:
            yield from check
        except Exception as error:  # noqa: BLE001  # a doctor that dies of a disease helps nobody
            yield Finding(name, Health.BROKEN, f"{type(error).__name__}: {error}", "please report this")


def _checks() -> Iterator[tuple[str, Iterator[Finding]]]:
    """First the machine, then what the apps need, then what is said at the end."""
    yield from (("sandbox", _sandbox()), ("git", _git()), ("data", _data()), ("hiding places", _hiding_places()))
    yield "database", _database()
    yield from CHECKS().items()
    yield from (("clock", _clock()), ("packages", _packages()), ("programs", _programs()))


def _sandbox() -> Iterator[Finding]:
    from kafedra.grading import check_sandbox

    for found in check_sandbox():
        yield finding(found.name, found.ok, found.detail, found.remedy)


def _git() -> Iterator[Finding]:
    if shutil.which("git") is None:
        yield Finding("git", Health.BROKEN, "not found", "apt-get install git")
        return
    version = _said(["git", "version"]).removeprefix("git version ").split()[0]
    recent = tuple(int(part) for part in version.split(".")[:2]) >= _OLDEST_GIT
    yield finding("git", recent, version, "install git {}.{} or newer".format(*_OLDEST_GIT))
    backend = Path(_said(["git", "--exec-path"])) / "git-http-backend"
    remedy = "install the whole git package (on Alpine: git-daemon)"
    yield finding("git http-backend", os.access(backend, os.X_OK), str(backend), remedy)


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


def _data() -> Iterator[Finding]:
    from django.conf import settings

    data = Path(settings.DATA_DIR)
    remedy = f"chown it to the user of the server (uid {os.getuid()}), or set KAFEDRA_DATA"
    yield finding("data folder", os.access(data, os.W_OK | os.X_OK), str(data), remedy)
    if os.geteuid() == 0 and (owner := data.stat().st_uid) != 0:
        detail = f"root looks here, and the data folder belongs to {_name(owner)}"
        yield Finding("user", Health.WARN, detail, f"kafedra doctor --user {_name(owner)}")
    free = shutil.disk_usage(data).free / 2**30
    remedy = "make room: a full disk takes no pushes"
    yield finding("disk", free >= _LITTLE_SPACE_GB, f"{free:.1f} GB free", remedy, Health.WARN)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


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
        yield finding("journal", mode == "wal", f"journal_mode={mode}", remedy, Health.WARN)
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    state = f"{missing} migrations to apply" if missing else "up to date"
    remedy = "nothing to do: kafedra serve applies them at start"
    yield finding("database", not missing, f"{detail}, {state}", remedy, Health.WARN)


def _clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    yield finding("clock", now.year >= 2025, f"{now:%Y-%m-%d %H:%M:%S} UTC", "set it: deadlines depend on it")


def _packages() -> Iterator[Finding]:
    """The server's own, and those that the course's assignments load; one that nothing needs is not missed."""
    needed = dict.fromkeys(_PACKAGES, "the server")
    for slug, assignment in _assignments().items():
        for module in assignment.environment.preload if assignment.environment.python is None else ():
            needed[module] = f"{needed[module]}, {slug}" if module in needed else slug
    missing = [name for name in needed if not _is_there(name)]
    if not missing:
        yield Finding("packages", Health.OK, ", ".join(sorted({name.partition(".")[0] for name in needed})))
    for name in missing:
        own = name in _PACKAGES
        remedy = installing.with_part("server") if own else _command(packages_of([name])[0])
        detail = f"{name} is not installed, and needed for: {needed[name]}"
        yield Finding("packages", Health.WARN if own else Health.BROKEN, detail, remedy)
    if _is_there("torch"):
        yield _torch()


def _programs() -> Iterator[Finding]:
    """Those that assignments let students' code start; nothing is said where none does."""
    needed: dict[str, list[str]] = {}
    for slug, assignment in _assignments().items():
        for program in assignment.environment.programs:
            needed.setdefault(program, []).append(slug)
    missing = programs.absent(needed)
    if needed and not missing:
        yield Finding("programs", Health.OK, ", ".join(sorted(needed)))
    for name in missing:
        detail = f"{name} is not in {', '.join(programs.FOLDERS)}, and needed for: {', '.join(needed[name])}"
        remedy = "apt-get install the package that brings it; until then these assignments can't be graded here"
        yield Finding("programs", Health.BROKEN, detail, remedy)


def _torch() -> Finding:
    """Which build it is, and what it costs where nothing can use it."""
    large = any(one.name.startswith("nvidia-") for one in distributions())
    detail = f"{version('torch')}, " + ("the build for CUDA" if large else "the CPU build")
    without = ", and no GPU here: 4 GB of disk more than needed" if large and not gpu.cards() else ""
    remedy = f"for the CPU build: TORCH=cpu make setup, or {_python()} -m pip uninstall torch && {_command('torch')}"
    return finding("torch", not without, detail + without, remedy, Health.WARN)


def _command(package: str) -> str:
    """What installs it, in the version that the course has; torch by its CPU build where there is no GPU."""
    wanted = installing.requirements([package], None)[:1]
    return " && ".join(installing.pip_commands(_python(), wanted, cpu=not gpu.cards()))


def _python() -> str:
    """The one that runs the server, for a shell in which nothing was activated."""
    return shlex.quote(sys.executable)


def _assignments() -> Mapping[str, Assignment]:
    from kafedra.web.runs import course

    try:
        return course.current().assignments
    except CourseError:
        return {}  # told by the check of the course


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):  # the package around it is not there
        return False
