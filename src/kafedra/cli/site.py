"""What ``kafedra course build`` does: topics made, then the site of the runs written as files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from kafedra.cli.operating import told_plainly
from kafedra.cli.topic import built
from kafedra.course import Course, load_course
from kafedra.materials import Store, why_run
from kafedra.web.serving.preparation import configure


def write_site(folder: Path, destination: Path, names: Sequence[str]) -> None:
    """Make what has changed, and write the site. Raises SystemExit(1) for what can't be made."""
    started = time.monotonic()
    with told_plainly():
        course = load_course(folder)
        runs = _chosen(course, names)
        store = Store.of(course.root)
        made = [built(one, store, why_run(one, store)) for _, one in sorted(course.materials.items())]
        if not all(made):
            raise SystemExit(1)
        # no database and nobody's data: only the folder where compiled words are kept
        nowhere = {"database_url": "sqlite://:memory:", "base_url": "http://127.0.0.1"}
        configure({"course": course.root, "data": store.root / "web", **nowhere})
        files, changed = _export(runs, destination)
    seconds = time.monotonic() - started
    click.echo(f"{destination}: {files} files, {changed} of them changed, in {seconds:.1f} s")


def _chosen(course: Course, names: Sequence[str]) -> list[str]:
    for name in names:
        if name not in course.runs:
            listed = ", ".join(course.runs) or "none"
            raise click.ClickException(f"There is no run '{name}' in {course.root}. There are: {listed}")
    chosen = list(names) or [slug for slug, run in course.runs.items() if run.site.public]
    if not chosen:
        raise click.ClickException(
            "No run shows its site to everybody: say [site] public = true in its file, or --run."
        )
    return sorted(chosen, key=lambda slug: (str(course.runs[slug].starts or ""), slug), reverse=True)


def _export(runs: Sequence[str], destination: Path) -> tuple[int, int]:
    # Models and what imports them exist only after `configure`.
    from kafedra.web.frame.translations import ensure_compiled
    from kafedra.web.materials.exporting import DeadLink, export

    ensure_compiled()
    try:
        return export(runs, destination)
    except DeadLink as error:
        raise click.ClickException(str(error)) from None
