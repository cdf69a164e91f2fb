"""A run can be written down and read back, and moved to other days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafedra.course import (
    AssignedWork,
    ClassLinks,
    Homework,
    Localized,
    PlannedTopic,
    Run,
    RunSite,
    SurveyTimes,
    dump_run,
    load_course,
    rebase_run,
)
from kafedra.policy import IntegrityRule, Ruling

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
SLUGS = ("weight-init", "dropout", "batchnorm", "cv", "nlp")

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
titles = st.builds(Localized, ru=texts, en=texts) | texts.map(Localized.same)
days = st.dates(FIRST, LAST)
points = st.decimals(2, 9, places=2)  # 2 is the automat of the test course: each of these alone is enough
deadlines = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda minutes: (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes, microseconds=minutes)).astimezone(
        BERLIN
    )
)


def number(works: Sequence[AssignedWork], title: Localized, day: date | None, due: datetime | None) -> list[Homework]:
    solutions = due + timedelta(days=3) if due else None
    return [Homework(index, title, day, due, (work,), solutions) for index, work in enumerate(works, start=1)]


homework = (
    st.lists(st.sampled_from(SLUGS), unique=True, max_size=4)
    .filter(lambda slugs: slugs != ["nlp"])
    .flatmap(
        lambda slugs: st.builds(
            number,
            st.tuples(
                *(st.builds(AssignedWork, st.just(slug), titles, points, st.just(slug == "nlp")) for slug in slugs)
            ),
            titles,
            st.none() | days,
            st.none() | deadlines,
        )
    )
)
links = st.builds(
    ClassLinks,
    st.none() | st.just("https://call.example/1"),
    st.none(),
    st.none() | st.just("https://chat.example/a?b=c"),
)


def planned(day: date, also: tuple[int, ...], one: ClassLinks, hidden: frozenset[str]) -> PlannedTopic:
    began = datetime.combine(day, time.min, BERLIN)
    moments = {"materials": began, "solved": began + timedelta(days=3)}
    shown = {name: None if name in hidden else moment for name, moment in moments.items()}
    return PlannedTopic(2, day, also, one, shown["materials"], shown["solved"], hidden)


hiding = st.sets(st.sampled_from(["materials", "solved"])).map(frozenset)
plans = st.lists(st.tuples(days, st.sampled_from([(), (1,)]), links, hiding), max_size=3).map(
    lambda classes: tuple(planned(*one) for one in sorted(classes, key=lambda one: one[0]))
)
hub = (
    "https://hub.example/hub/user-redirect/git-pull?repo=https%3A%2F%2Fexample.org%2Fr&urlpath=lab%2Ftree%2Fr%2F{path}"
)
sites = st.builds(RunSite, st.booleans(), st.none() | st.just("https://colab.example/{path}"), st.none() | st.just(hub))
rulings = st.sets(st.sampled_from(list(Ruling)[1:]), min_size=1).map(
    lambda some: tuple(one for one in Ruling if one in some)
)
runs = st.builds(
    Run,
    slug=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True).filter(lambda slug: slug != "2023"),
    title=titles,
    starts=st.none() | st.just(FIRST),
    ends=st.none() | st.just(LAST),
    plan=plans,
    homework=homework.map(tuple),
    site=sites,
    blitz_percent=st.none() | st.just(Decimal(60)),
    survey=st.builds(SurveyTimes, st.just(time(20, 5)), days_open=st.just(60), fewest_answers=st.none() | st.just(8)),
    integrity=st.builds(IntegrityRule, st.integers(1, 366), rulings, rulings),
)


def dates_of(run: Run) -> list[date | None]:
    deadlines = [one.deadline.date() if one.deadline else None for one in run.homework]
    issued = [one.issued for one in run.homework]
    return [run.starts, run.ends, *(planned.date for planned in run.plan), *issued, *deadlines]


def read_back(root: Path, run: Run) -> Run:
    path = root.with_name("dumped.toml")
    path.write_text(dump_run(run), encoding="utf-8")
    return load_course(root, extra_runs=[path]).runs[run.slug]


@pytest.fixture
def in_berlin(root: Path, edit: Callable[[str, str, str], None]) -> Path:
    edit("course.toml", "Europe/Moscow", BERLIN.key)
    return root


@given(runs)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])  # the folder is only read
def test_a_dumped_run_reads_back_as_itself(in_berlin: Path, run: Run) -> None:
    assert read_back(in_berlin, run) == run


def test_a_loaded_run_reads_back_as_itself(root: Path) -> None:
    run = replace(load_course(root).runs["2023"], slug="again")
    assert read_back(root, run) == run


def test_a_run_moved_so_that_a_day_falls_on_today(root: Path) -> None:
    run = load_course(root).runs["2023"]
    demo = rebase_run(run, slug="demo", title="Демо", anchor=date(2023, 1, 23), today=date(2026, 10, 5))
    assert (demo.slug, demo.title) == ("demo", Localized.same("Демо"))
    assert (demo.starts, demo.ends) == (date(2026, 9, 28), date(2026, 12, 11))
    assert [planned.date for planned in demo.plan] == [date(2026, 9, 28), None]
    assert demo.homework[0].issued == date(2026, 10, 5)
    assert demo.homework[0].deadline == datetime(2026, 10, 12, 20, 59, 59, tzinfo=UTC)
    assert [work.slug for one in demo.homework for work in one.assignments] == [
        work.slug for one in run.homework for work in one.assignments
    ]
    assert read_back(root, demo) == demo


def test_a_deadline_keeps_its_time_when_the_clocks_change() -> None:
    deadline = datetime(2023, 3, 20, 23, 59, 59, tzinfo=BERLIN)
    run = Run("a", Localized.same("A"), None, None, (), (Homework(1, Localized.same("1"), None, deadline, ()),))
    moved = rebase_run(run, slug="b", title="B", anchor=date(2023, 3, 20), today=date(2023, 3, 27))
    assert moved.homework[0].deadline == datetime(2023, 3, 27, 23, 59, 59, tzinfo=BERLIN)
    assert moved.homework[0].deadline.astimezone(UTC).hour == 21


@given(runs, days, days)
def test_moving_back_restores_everything(run: Run, anchor: date, today: date) -> None:
    there = rebase_run(run, slug="there", title=run.title, anchor=anchor, today=today)
    assert rebase_run(there, slug=run.slug, title=run.title, anchor=today, today=anchor) == run


@given(runs, days, st.integers(-500, 500))
def test_everything_moves_by_the_same_number_of_days(run: Run, anchor: date, shift: int) -> None:
    moved = rebase_run(run, slug=run.slug, title=run.title, anchor=anchor, today=anchor + timedelta(days=shift))
    for old, new in zip(dates_of(run), dates_of(moved), strict=True):
        assert (old is None) == (new is None)
        assert old is None or new is None or (new - old).days == shift
