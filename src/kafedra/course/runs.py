"""A run moved to other days, and a run written back to TOML."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from kafedra.course.exam_rule import exam_lines
from kafedra.course.formula_lines import formula_lines, localized, quoted
from kafedra.course.text import Localized
from kafedra.course.values import AssignedWork, Homework, PlannedTopic, Run, RunSite, SurveyTimes
from kafedra.policy import IntegrityRule, LatePolicy


def rebase_run(run: Run, *, slug: str, title: Localized | str, anchor: date, today: date) -> Run:
    """`run` under another name, every date moved by as many days as bring `anchor` to `today`.

    A deadline keeps its time on the clock of its own zone: 23:59:59 stays 23:59:59 across a change of clocks.
    """
    shift = today - anchor

    def moved(day: date | None) -> date | None:
        return None if day is None else day + shift

    return replace(
        run,
        slug=slug,
        title=Localized.same(title) if isinstance(title, str) else title,
        starts=moved(run.starts),
        ends=moved(run.ends),
        plan=tuple(
            replace(
                entry,
                date=moved(entry.date),
                materials=_moved_moment(entry.materials, shift),
                solved=_moved_moment(entry.solved, shift),
            )
            for entry in run.plan
        ),
        homework=tuple(
            replace(
                entry,
                issued=moved(entry.issued),
                deadline=_moved_moment(entry.deadline, shift),
                solutions=_moved_moment(entry.solutions, shift),
            )
            for entry in run.homework
        ),
    )


def dump_run(run: Run) -> str:
    """The text of a `runs/<slug>.toml` that `load_course` reads back as an equal run."""
    return "\n".join(_run_lines(run)) + "\n"


def _moved_moment(moment: datetime | None, shift: timedelta) -> datetime | None:
    return None if moment is None else moment + shift


def _run_lines(run: Run) -> Iterator[str]:
    yield f"slug = {quoted(run.slug)}"
    yield f"title = {localized(run.title)}"
    if run.starts:
        yield f"starts = {run.starts}"
    if run.ends:
        yield f"ends = {run.ends}"
    yield from _site_lines(run)
    yield from _late_lines(run.late)
    yield from _integrity_lines(run.integrity)
    yield from formula_lines(run.formula, run.mark_titles)
    for rule in run.exams:
        yield from exam_lines(rule)
    for planned in run.plan:
        yield from _plan_lines(planned)
    for homework in run.homework:
        yield from _homework_lines(homework)


def _plan_lines(planned: PlannedTopic) -> Iterator[str]:
    numbers = planned.topics
    yield from ("", "[[plan]]", f"topic = {numbers[0] if len(numbers) == 1 else list(numbers)}")
    if planned.date:
        yield f"date = {planned.date}"
    for name in ("call", "recording", "chat"):
        if address := getattr(planned.links, name):
            yield f"{name} = {quoted(address)}"
    for name in ("materials", "solved"):
        if name in planned.hidden:
            yield f'{name} = "none"'
        elif moment := getattr(planned, name):
            yield f"{name} = {_moment(moment)}"


def _site_lines(run: Run) -> Iterator[str]:
    if run.site != RunSite():
        yield from ("", "[site]", f"public = {str(run.site.public).lower()}")
        for name in ("colab", "jupyterhub"):
            if address := getattr(run.site, name):
                yield f"{name} = {quoted(address)}"
    if run.blitz_percent is not None:
        yield from ("", "[admission]", f"blitz_percent = {run.blitz_percent:f}")
    if run.survey != SurveyTimes():
        yield from ("", "[survey]")
        for name in ("opens", "closes", "reminds"):
            yield f'{name} = "{getattr(run.survey, name):%H:%M}"'
        yield f"days_open = {run.survey.days_open}"
        if run.survey.fewest_answers is not None:
            yield f"fewest_answers = {run.survey.fewest_answers}"


def _late_lines(late: LatePolicy) -> Iterator[str]:
    yield from ("", "[late]", f"percent_per_day = {late.percent_per_day:f}", f"max_percent = {late.max_percent:f}")


def _integrity_lines(rule: IntegrityRule) -> Iterator[str]:
    yield from ("", "[integrity]", f"answer_days = {rule.answer_days}")
    for name, rulings in (("copying", rule.copying), ("deceiving", rule.deceiving)):
        yield f"{name} = [{', '.join(quoted(one.value) for one in rulings)}]"


def _homework_lines(homework: Homework) -> Iterator[str]:
    yield from ("", "[[homework]]", f"number = {homework.number}", f"title = {localized(homework.title)}")
    if homework.issued:
        yield f"issued = {homework.issued}"
    if homework.deadline:
        yield f"deadline = {_moment(homework.deadline)}"
    elif homework.issued:
        yield 'deadline = "none"'  # left out, it would be counted from the day of issue
    if homework.solutions:
        yield f"solutions = {_moment(homework.solutions)}"
    elif homework.deadline:
        yield 'solutions = "none"'  # left out, they would be counted from the deadline
    for work in homework.assignments:
        yield from _work_lines(work)


def _work_lines(work: AssignedWork) -> Iterator[str]:
    yield from ("", "[[homework.assignments]]", f"slug = {quoted(work.slug)}")
    yield f"title = {localized(work.title)}"
    yield f"points = {work.points:f}"
    if work.bonus:
        yield "bonus = true"


def _moment(moment: datetime) -> str:
    offset = moment.utcoffset()
    whole_minutes = offset is not None and offset % timedelta(minutes=1) == timedelta(0)
    return (moment if whole_minutes else moment.astimezone(UTC)).isoformat()
