"""How the commands speak: reports as text, errors with an exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from kafedra.course import Assignment, Language
from kafedra.grading.repetition import flaky_tests
from kafedra.grading.report import Report
from kafedra.grading.terminal import lines_of_tests, nothing_ran, points_text
from kafedra.grading.terminal.layout import WIDTH, between, paragraph

_SEED: Final[dict[Language, str]] = {
    "ru": "Повторить этот же запуск: --seed {seed}",
    "en": "To repeat this very run: --seed {seed}",
}
_PUBLIC_ONLY: Final[dict[Language, str]] = {
    "ru": "Это открытые тесты. Скрытые — на сервере: сделайте коммит и git push.",
    "en": "These are the public tests. The hidden ones run on the server: commit and git push.",
}
_STEADY: Final[dict[Language, str]] = {
    "ru": "На всех зёрнах ({count}) каждый тест кончается одинаково.",
    "en": "Over all seeds ({count}) every test comes out the same.",
}
_PRINTED: Final[dict[Language, str]] = {"ru": "Что напечатал ваш код:", "en": "What your code printed:"}
_BY_HAND: Final[dict[Language, str]] = {
    "ru": "Тестов у задания нет: работу читает человек, он и ставит баллы. Сделайте коммит и git push.",
    "en": "The assignment has no tests: a person reads the work and gives the points. Commit and git push.",
}
_MOST_PRINTED: Final = 8  # lines
_MOST_SEEDS: Final = 8
_TOTAL: Final[dict[Language, str]] = {"ru": "Итого", "en": "Total"}
_COLORS: Final = {"✓": "green", "✗": "red", "⊘": "red", "?": "yellow", "⧗": "yellow"}


def print_report(assignment: Assignment, report: Report, language: Language, *, whole: str | None = None) -> None:
    """The verdict as a person reads it; colours only where the terminal has them.

    ``whole``: the command that shows everything, where this is to fit on a screen.
    """
    rule = "  " + "─" * (WIDTH - 2)
    click.echo()
    click.echo(between(f"  {assignment.title.in_(language)}", _seconds(report.seconds, language)))
    click.echo(rule)
    for note in report.notes_apart:
        click.secho("\n".join(paragraph(note, indent=2)), fg="yellow")
    reason = nothing_ran(report.tests) if report.tests else _BY_HAND[language]
    for line in paragraph(reason, indent=2) if reason else lines_of_tests(report.tests, language, whole=whole):
        mark = line.strip()[:1]
        click.secho(line, fg=_COLORS.get(mark) if line.startswith(f"  {mark} ") else None)
    click.echo(rule)
    if report.tests:
        total = points_text(report.points, report.max_points, language)
        click.secho(between(f"  {_TOTAL[language]}", total), bold=True)
    _print_output(report.output, language, whole)
    if not reason:  # else there is nothing to repeat, and nothing to hand in yet
        if report.public_only:
            click.echo("\n".join(paragraph(_PUBLIC_ONLY[language], indent=2)))
        click.secho(f"  {_SEED[language].format(seed=report.seed)}", dim=True)
    click.echo()


def _print_output(text: str, language: Language, whole: str | None) -> None:
    """What the student's code printed, the same as on the page; of much of it the end."""
    lines = paragraph(text, indent=4) if text.strip() else []
    if not lines:
        return
    click.echo("\n".join(paragraph(_PRINTED[language], indent=2)))
    if whole is not None and len(lines) > _MOST_PRINTED:
        lines = [f"    … ({whole})", *lines[-_MOST_PRINTED:]]
    click.secho("\n".join(lines), dim=True)


def print_repetition(assignment: Assignment, reports: Sequence[Report], language: Language, *, as_json: bool) -> None:
    """Which tests came out differently over the seeds, and with which seeds."""
    flaky = flaky_tests(reports)
    if as_json:
        runs = [{"seed": one.seed, "points": one.model_dump(mode="json")["points"]} for one in reports]
        tests = [{"id": one.id, "title": one.title, "seeds": one.seeds} for one in flaky]
        click.echo(
            json.dumps({"assignment": assignment.slug, "runs": runs, "flaky": tests}, indent=2, ensure_ascii=False)
        )
        return
    points = [report.points for report in reports]
    least, most = (points_text(one, reports[0].max_points, language) for one in (min(points), max(points)))
    click.echo(between(f"  {assignment.title.in_(language)}", least if least == most else f"{least} … {most}"))
    if not flaky:
        click.secho(f"  {_STEADY[language].format(count=len(reports))}", fg="green")
    for test in flaky:
        click.secho("\n".join(paragraph(f"{test.title or test.id} ({test.id})", indent=2)), fg="yellow")
        for outcome, seeds in test.seeds.items():
            shown = ", ".join(map(str, seeds[:_MOST_SEEDS])) + (" …" if len(seeds) > _MOST_SEEDS else "")
            click.echo("\n".join(paragraph(f"{outcome.value} × {len(seeds)}: --seed {shown}", indent=4, hanging=2)))


def _seconds(seconds: float, language: Language) -> str:
    return f"{seconds:.2f} s" if language == "en" else f"{seconds:.2f} с".replace(".", ",")


def spoken_here() -> Language:
    """What the machine is set to speak, where no course says it."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "en" if next((one for one in settings if one), "").startswith("en") else "ru"


def fail(message: str, code: int) -> NoReturn:
    """Say it on standard error and leave with ``code``."""
    click.secho(message, err=True, fg="red")
    sys.exit(code)
