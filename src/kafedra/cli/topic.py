"""``kafedra topic …``: what the author of a topic runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kafedra.cli import output
from kafedra.cli.options import course_folder
from kafedra.course import Course, CourseError, TopicMaterials, load_course
from kafedra.materials import (
    CellFailed,
    Store,
    TopicProof,
    draw_pictures,
    execute,
    notebook_file,
    start_topic,
    verify_topic,
    why_run,
)
from kafedra.notebooks import BuildError

_UNPROVEN: Final = 1
_UNUSABLE: Final = 2

_all = click.option("--all", "everything", is_flag=True, help="Every topic that is written.")
_names = click.argument("names", nargs=-1, metavar="[SLUG]...")


@click.group()
def topic() -> None:
    """Begin a topic, build it, or prove that it does what it promises."""


@topic.command()
@click.argument("slug")
@course_folder
def new(slug: str, folder: Path) -> None:
    """Make the folder of a topic of the plan, with everything in place."""
    try:
        made = start_topic(_loaded(folder), slug)
    except CourseError as error:
        output.fail(str(error), _UNUSABLE)
    click.echo(f"{made}: write lecture.md, then see it with: kafedra topic verify {slug}")


@topic.command()
@_names
@_all
@course_folder
@click.option("--why", is_flag=True, help="Say what would be executed and why, and execute nothing.")
@click.option(
    "-o", "--output", "destination", type=click.Path(path_type=Path), help="Also write both notebooks here, SLUG/ each."
)
def build(names: tuple[str, ...], everything: bool, folder: Path, why: bool, destination: Path | None) -> None:
    """Execute seminars and draw figures, as far as they have changed; the pages show what is built.

    Exits with 1 if a cell fails, each time that it does.
    """
    course = _loaded(folder)
    store, failed = Store.of(course.root), False
    for one in _chosen(course, names, everything):
        reason = why_run(one, store)
        if why:
            click.echo(f"{one.slug}: {reason or 'nothing has changed'}")
            continue
        if not built(one, store, reason):
            failed = True
            continue
        if destination is not None:
            _write(one, store, destination / one.slug)
    if failed:
        raise SystemExit(_UNPROVEN)


@topic.command()
@_names
@_all
@course_folder
@click.option("--seeds", type=click.IntRange(min=1), help="Seeds to try. Default: the topic's own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def verify(names: tuple[str, ...], everything: bool, folder: Path, seeds: int | None, as_json: bool) -> None:
    """Prove topics: seminars run without a warning, blanks teach, figures lie in their ranges on every seed.

    Exits with 0 if all is proven, 1 if not, 2 for a topic that can't be read.
    """
    course = _loaded(folder)
    console = Console(highlight=False, soft_wrap=True, stderr=as_json)
    proofs = list[TopicProof]()
    for one in _chosen(course, names, everything):
        with console.status(one.slug) as status:
            proof = verify_topic(
                one,
                Store.of(course.root),
                seeds=seeds,
                on_step=lambda step, slug=one.slug: status.update(f"{slug}: {step}"),  # type: ignore[misc]  # bound here
            )
        proofs.append(proof)
        if not as_json:
            _print(console, one, proof)
    proven = all(proof.proven for proof in proofs)
    if as_json:
        click.echo(json.dumps({"proven": proven, "topics": [proof.as_json() for proof in proofs]}, ensure_ascii=False))
    if not proven:
        raise SystemExit(_UNPROVEN)


def built(one: TopicMaterials, store: Store, reason: str) -> bool:
    """Execute and draw a topic as far as `reason` makes it necessary, and say what came of it; whether it could be."""
    try:
        executed = execute(one, store)
        pictures = draw_pictures(one, store)
    except CellFailed as error:
        click.secho(f"{error}", err=True, fg="red")
        return False
    except (BuildError, RuntimeError) as error:
        click.secho(f"{one.slug}: {error}", err=True, fg="red")
        return False
    done = f"executed in {executed.seconds:.1f} s, since it {reason}" if executed.fresh else "nothing has changed"
    click.echo(f"{one.slug}: {done}; {len(pictures) // 2} figures")
    return True


def _loaded(folder: Path) -> Course:
    try:
        return load_course(folder)
    except CourseError as error:
        output.fail(str(error), _UNUSABLE)


def _chosen(course: Course, names: Sequence[str], everything: bool) -> list[TopicMaterials]:
    written = {one.slug: one for _, one in sorted(course.materials.items())}
    listed = ", ".join(written) or "none"
    if unknown := [name for name in names if name not in written]:
        output.fail(f"There is no topic '{unknown[0]}' in {course.root}. There are: {listed}", _UNUSABLE)
    if bool(names) == everything:
        output.fail(f"Name a topic or say --all. There are: {listed}", _UNUSABLE)
    return list(written.values()) if everything else [written[name] for name in names]


def _write(one: TopicMaterials, store: Store, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for variant in ("student", "solved"):
        (place / f"{one.slug}-{variant}.ipynb").write_bytes(notebook_file(one, store, variant))


def _print(console: Console, one: TopicMaterials, proof: TopicProof) -> None:
    for finding in proof.findings:
        if not finding.proven:
            seed = "" if finding.seed is None else f", seed {finding.seed}"
            console.print(Text(f"✗ {finding.kind} {finding.name}{seed}: {finding.problem}", "red"))
    if proof.figures:
        table = Table("figure", "least", "most", "promised", title=one.slug, title_justify="left")
        for figure in one.figures:
            values = proof.figures.get(figure.name) or (float("nan"),)
            promised = f"{figure.low:g} … {figure.high:g}"
            table.add_row(figure.name, f"{min(values):.4g}", f"{max(values):.4g}", promised)
        console.print(table)
    blanks = sum(finding.kind == "blank" for finding in proof.findings)
    summary = (
        f"{proof.seeds} seeds, {blanks} blanks, slowest run {proof.seconds:.1f} s of {proof.budget:g} s on one core"
    )
    console.print(
        Text(f"{one.slug}: proven. {summary}", "bold green")
        if proof.proven
        else Text(f"{one.slug}: not proven. {summary}", "bold red")
    )
