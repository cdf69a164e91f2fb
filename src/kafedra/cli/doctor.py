"""``kafedra doctor``."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from kafedra.cli.operating import told_plainly
from kafedra.cli.options import course_option, data_option
from kafedra.walls import apparmor
from kafedra.web.frame.doctor import Finding, Health
from kafedra.web.serving.checkup import examine
from kafedra.web.serving.preparation import configure

_MARKS = {Health.OK: ("✓", "green"), Health.WARN: ("!", "yellow"), Health.BROKEN: ("✗", "red")}


@click.command()
@course_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--user", metavar="NAME", help="Look as the user whom the server runs as; root can.")
@click.option("--apparmor", "profile", is_flag=True, help="Print the sandbox's AppArmor profile, and do nothing else.")
def doctor(course: Path | None, data: Path | None, as_json: bool, user: str | None, profile: bool) -> None:
    """Look at the sandbox, git, the database, the disk and the course: what works, and how to mend what does not.

    Exits with 1 if something is broken; a warning is not.
    """
    if profile:
        click.echo(apparmor.profile(apparmor.PROGRAM.resolve()), nl=False)
        return
    if user is not None and (other := _account(user)).pw_uid != os.geteuid():
        raise SystemExit(_look_as(other, course, data, as_json))
    with told_plainly():
        configure({"course": course, "data": data})
        findings = examine()
        found = list(findings) if as_json else _shown(findings)
    if as_json:
        click.echo(json.dumps([one.as_dict() for one in found], ensure_ascii=False, indent=2))
    if any(one.health is Health.BROKEN for one in found):
        raise SystemExit(1)


def _shown(findings: Iterable[Finding]) -> list[Finding]:
    """Print each as it comes, and return them all."""
    found = []
    for one in findings:
        found.append(one)
        mark, color = _MARKS[one.health]
        click.echo(f"{click.style(mark, fg=color)} {one.what:<18} {one.detail}")
        if one.remedy:
            click.echo(f"  {'':<18} → {one.remedy}")
    return found


def _account(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        raise click.ClickException(f"this machine has no user {name}") from None


def _look_as(user: pwd.struct_passwd, course: Path | None, data: Path | None, as_json: bool) -> int:
    """The same command as another user, from the very start: what root may do proves nothing. Its exit code."""
    if os.geteuid() != 0:
        raise click.ClickException(f"only root can look as another user: sudo kafedra doctor --user {user.pw_name}")
    options = [*(("--course", course) if course else ()), *(("--data", data) if data else ())]
    command = [sys.executable, "-P", "-m", "kafedra", "doctor", *options, *(["--json"] if as_json else [])]
    environment = {**os.environ, "HOME": user.pw_dir, "USER": user.pw_name, "LOGNAME": user.pw_name}
    try:
        return subprocess.run(
            command,
            env=environment,
            user=user.pw_uid,
            group=user.pw_gid,
            extra_groups=os.getgrouplist(user.pw_name, user.pw_gid),
            check=False,
        ).returncode
    except PermissionError:
        remedy = "install kafedra where all users can read it, in /srv for example"
        raise click.ClickException(f"{user.pw_name} can't run {sys.executable}: {remedy}") from None
