"""`kafedra exam …`: a written exam without a server."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click

from kafedra.cli import output
from kafedra.cli.options import course_folder
from kafedra.course import Course, CourseError, load_course
from kafedra.exam.bank import bank_of
from kafedra.exam.codes import read_code
from kafedra.exam.drafting import DraftError, draft
from kafedra.exam.files import DraftFile, dump_draft, read_draft
from kafedra.exam.prose import CannotPrint
from kafedra.exam.scans import CannotScan, ScannedPage, count_pages, read_pages, whole_page
from kafedra.exam.sheets import Heading, Sheet, pictured, print_pdf
from kafedra.materials import Store, printed_pictures
from kafedra.notebooks.percent import BuildError


@click.group()
def exam() -> None:
    """Draw a written exam from the course's bank of questions, print it, sort the sheets that come back."""


@exam.command("draft")
@click.argument("run")
@click.option("--mark", default="exam", show_default=True, help="Which mark of the formula it gives.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same number draws the same paper.")
@click.option("-o", "--output", "destination", type=click.Path(path_type=Path, dir_okay=False), help="Default: here.")
@course_folder
def draft_command(run: str, mark: str, seed: int, destination: Path | None, folder: Path) -> None:
    """Draw a paper by the [[exam]] rule of RUN; the file that comes of it may be edited."""
    course = _course(folder)
    if run not in course.runs:
        output.fail(f"The course has no run '{run}': it has {', '.join(course.runs) or 'none'}", 2)
    rule = next((one for one in course.runs[run].exams if one.mark == mark), None)
    if rule is None:
        output.fail(f'runs/{run}.toml has no [[exam]] with mark = "{mark}": see docs/use/exam.md', 2)
    try:
        text = dump_draft(DraftFile(run, mark, seed, draft(bank_of(course), rule, seed=seed)))
    except DraftError as error:
        output.fail(str(error), 1)
    if destination is None:
        click.echo(text, nl=False)
    else:
        destination.write_text(text, encoding="utf-8")


@exam.command("print")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--people", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="CSV with the columns name, login, group, seat; the last two may be left out.")  # fmt: skip
@click.option("--key", default="", help="A secret that signs the codes of the pages.")
@click.option("--when", default="", help="What stands on the sheets, such as '20 March, 10:00'.")
@click.option("--place", default="", help="Where it is written.")
@click.option("-o", "--output", "destination", type=click.Path(path_type=Path, file_okay=False), required=True)
@course_folder
def print_command(file: Path, people: Path, key: str, when: str, place: str, destination: Path, folder: Path) -> None:
    """Print the draft in FILE: papers.pdf, key.pdf and seats.pdf in the folder of --output."""
    course = _course(folder)
    try:
        chosen = read_draft(file, bank_of(course))
        run = course.runs.get(chosen.run)
        if run is None:
            output.fail(f"{file}: the course has no run '{chosen.run}'", 2)
        title = run.mark_titles[chosen.mark].in_(course.language) if chosen.mark in run.mark_titles else chosen.mark
        rule = next((one for one in run.exams if one.mark == chosen.mark), None)
        heading = Heading(
            course.title.in_(course.language), title, when, place, rule.minutes if rule else 90, course.language,
            f"{chosen.run}-{chosen.mark}".replace("_", "-")[:30], key,
        )  # fmt: skip
        sheets = _people(people, chosen.paper.variants)
        pictures = printed_pictures(course.materials, Store.of(course.root), pictured(chosen.paper))
        destination.mkdir(parents=True, exist_ok=True)
        for what in ("papers", "key", "seats"):
            (destination / f"{what}.pdf").write_bytes(print_pdf(what, heading, chosen.paper, sheets, pictures))
    except (BuildError, DraftError, CannotPrint) as error:
        output.fail(str(error), 1)
    click.echo(f"{len(sheets)} × {len(chosen.paper.rows)}: {destination}/papers.pdf, key.pdf, seats.pdf")


@exam.command("sort")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", default="", help="The secret that the sheets were printed with.")
@click.option("-o", "--output", "destination", type=click.Path(path_type=Path, file_okay=False), required=True)
def sort_command(files: tuple[Path, ...], key: str, destination: Path) -> None:
    """Sort scans (PDF, JPEG, PNG) of filled sheets by the codes on them: 017/02.jpg is page 2 of paper 17.

    What has no readable code of this key goes to by-hand/. Exits with 1 if a file or a page can't be read; the others
    are sorted all the same.
    """
    sorted_ones, by_hand, unread = 0, 0, list[str]()
    for file in files:
        for number, page in _pages(file):
            if page is None:
                unread.append(f"{file}, page {number}" if number else str(file))
                continue
            codes = {code for code in (read_code(text, key) for text in page.codes) if code is not None}
            place = destination / "by-hand" / f"{file.stem}-{number:03d}.jpg"
            if len(codes) == 1:
                (code,) = codes
                place = destination / f"{code.paper:03d}" / f"{code.page:02d}.jpg"
            sorted_ones, by_hand = sorted_ones + (len(codes) == 1), by_hand + (len(codes) != 1)
            place.parent.mkdir(parents=True, exist_ok=True)
            _free(place).write_bytes(whole_page(page))
    click.echo(f"{sorted_ones} pages sorted, {by_hand} in {destination}/by-hand")
    if unread:
        output.fail("can't be read: " + "; ".join(unread), 1)


def _pages(file: Path) -> Iterator[tuple[int, ScannedPage | None]]:
    """Pages with their numbers, from 1; None for one that can't be read, number 0 for a file that can't."""
    data = file.read_bytes()
    try:
        pages = count_pages(data)
    except CannotScan:
        yield 0, None
        return
    for number in range(pages):
        try:
            yield from ((number + 1, page) for page in read_pages(data, number, 1))
        except CannotScan:
            yield number + 1, None


def _free(place: Path) -> Path:
    """The same place, or the next one that is free: a page that comes twice is kept twice."""
    names = (place.with_stem(f"{place.stem}-{again}") for again in count(2))
    return place if not place.exists() else next(one for one in names if not one.exists())


def _people(path: Path, variants: int) -> list[Sheet]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"name", "login"} <= rows[0].keys():
        output.fail(f"{path}: needs a first line with at least name,login and a line for each student", 2)
    return [
        Sheet(number, row["name"] or "", row["login"] or "", row.get("group") or "", row.get("seat") or "",
              (number - 1) % variants)
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def _course(folder: Path) -> Course:
    try:
        return load_course(folder)
    except CourseError as error:
        output.fail(str(error), 2)
