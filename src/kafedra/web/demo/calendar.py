"""The run of the example: the plan of 2023, moved so that today is in the middle of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kafedra.course import Localized, PlannedTopic, Run, dump_run, load_course, rebase_run

SLUG = "demo"
_MODEL = "2023"
# Three days after the first deadline: late submissions are there, the second homework is out.
_ANCHOR = date(2023, 2, 2)
_WEEK = timedelta(days=7)


def write_run(course: Path, data: Path, today: date) -> None:
    """Put the run's file where the server looks for runs besides the course's own. Raises CourseError."""
    model = load_course(course).runs[_MODEL]
    title = Localized(ru="Пример прогона", en="An example run")
    planned = _first_solution_out(_every_week(model))
    run = rebase_run(planned, slug=SLUG, title=title, anchor=_ANCHOR, today=today)
    folder = data / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SLUG}.toml").write_text(dump_run(run), encoding="utf-8")


def _every_week(run: Run) -> Run:
    """The same run with a date for every class: those that the file leaves open follow week by week."""
    plan: list[PlannedTopic] = []
    for entry in run.plan:
        day = entry.date or (plan[-1].date + _WEEK if plan and plan[-1].date else _ANCHOR - _WEEK * 2 - timedelta(3))
        plan.append(replace(entry, date=day))
    return replace(run, plan=tuple(plan))


def _first_solution_out(run: Run) -> Run:
    """The same run with the solutions of the first homework there since this morning: somebody has opened one."""
    first, *others = run.homework
    out = first.deadline and first.deadline + timedelta(days=2)
    return replace(run, homework=(replace(first, solutions=out), *others))
