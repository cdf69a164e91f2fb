"""The run of the example: the plan of 2023, moved so that today is in its second week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from kafedra.course import ClassLinks, Localized, PlannedTopic, Run, dump_run, load_course, rebase_run

SLUG = "demo"
_MODEL = "2023"
# Three days after the first deadline: late submissions are there, the second homework is out.
_ANCHOR = date(2023, 2, 2)
_WEEK = timedelta(days=7)
# By number of the class, from 0: the first was recorded, the third is the next one.
_LINKS = {
    0: ClassLinks(recording="https://example.org/recordings/1"),
    2: ClassLinks(call="https://example.org/call", chat="https://example.org/chat"),
}


def write_run(course: Path, data: Path, today: date) -> None:
    """Put the run's file where the server looks for runs besides the course's own. Raises CourseError."""
    known = load_course(course)
    model = known.runs[_MODEL]
    title = Localized(ru="Пример прогона", en="An example run")
    planned = _first_solution_out(_in_its_second_week(model, known.timezone))
    run = rebase_run(planned, slug=SLUG, title=title, anchor=_ANCHOR, today=today)
    folder = data / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SLUG}.toml").write_text(dump_run(run), encoding="utf-8")


def _in_its_second_week(run: Run, zone: tzinfo) -> Run:
    """The same run with a date for every class, week by week, from the first: that of the second was this week."""
    days = [entry.date for entry in run.plan if entry.date is not None]
    plan = list[PlannedTopic]()
    for number, entry in enumerate(run.plan):
        day = days[number] if number < len(days) else (plan[-1].date or _ANCHOR) + _WEEK
        opens = datetime.combine(day, time.min, zone)
        shown = replace(entry, date=day, materials=opens, solved=opens + _WEEK, hidden=frozenset())
        plan.append(replace(shown, links=_LINKS.get(number, ClassLinks())))
    return replace(run, plan=tuple(plan))


def _first_solution_out(run: Run) -> Run:
    """The same run with the solutions of the first homework there since this morning: somebody has opened one."""
    first, *others = run.homework
    out = first.deadline and first.deadline + timedelta(days=2)
    return replace(run, homework=(replace(first, solutions=out), *others))
