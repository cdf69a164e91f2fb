"""``kafedra doctor``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from kafedra.cli.operating import course_option, data_option, told_plainly
from kafedra.web.frame.doctor import Finding, Health
from kafedra.web.serving.checkup import examine
from kafedra.web.serving.preparation import configure

_MARKS = {Health.OK: ("✓", "green"), Health.WARN: ("!", "yellow"), Health.BROKEN: ("✗", "red")}


@click.command()
@course_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(course: Path | None, data: Path | None, as_json: bool) -> None:
    """Look at the sandbox, git, the database, the disk and the course: what works, and how to mend what does not.

    Exits with 1 if something is broken; a warning is not.
    """
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
