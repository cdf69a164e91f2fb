"""Real pushes to a server in this process, each with the moments that it passed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kafedra.web.demo import calendar
from kafedra.web.demo.people import STUDENTS
from kafedra.web.demo.scenario import Move, Story, Turn, Work
from kafedra.web.demo.terminal import Clone
from kafedra.web.serving.starting import Options, assembled

if TYPE_CHECKING:
    from kafedra.web.demo.homework import Desk

_WARM_UP = 3
_ASSIGNMENT = "activations"


@dataclass(frozen=True, slots=True)
class Stages:
    """Seconds of one push, in the order in which they pass; together they are what the student waits."""

    git: float  # the client, HTTP, http-backend, unpacking
    queue: float  # hooks, writing the submission down, waiting for a worker
    sandbox: float  # the student's process: start, loading, calls
    judge: float  # the tests, the expected values, the report
    answer: float  # storing the report, its words, the way back, the client's end

    @property
    def total(self) -> float:
        return self.git + self.queue + self.sandbox + self.judge + self.answer


def measured_pushes(course: Path, folder: Path, count: int) -> list[Stages]:
    """`count` pushes of correct solutions one after another, after a few that only warm up."""
    data = folder / "data"
    data.mkdir()
    calendar.write_run(course, data, datetime.now(UTC).date())
    with assembled(Options(course=course, data=data, run=calendar.SLUG, port=0)) as kafedra:
        # Django is configured from here on.
        from kafedra.web.demo.stage import serving

        with serving(kafedra):
            clone, desk = _student(folder)
            return [_push(clone, desk, number) for number in range(count + _WARM_UP)][_WARM_UP:]


def _student(folder: Path) -> tuple[Clone, Desk]:
    from kafedra.web.classroom import course
    from kafedra.web.classroom.models import Run
    from kafedra.web.demo.cast import bring_in
    from kafedra.web.demo.homework import Desk

    told = {STUDENTS[0]: Story()}
    cast = bring_in(Run.objects.get(slug=calendar.SLUG), told, _ASSIGNMENT, folder / "clones")
    clone = cast.clones[STUDENTS[0].login]
    assignment = course.current().assignments[_ASSIGNMENT]
    return clone, Desk(assignment, (clone.folder / assignment.notebook).read_bytes())


def _push(clone: Clone, desk: Desk, number: int) -> Stages:
    turn = Turn(STUDENTS[0], Move(Work.RIGHT, timedelta()), number)
    clone.commit(desk.write(turn, clone.folder))
    began, clock = datetime.now(UTC), time.monotonic()
    clone.push()
    return _stages(began, time.monotonic() - clock)


def _stages(began: datetime, total: float) -> Stages:
    from kafedra.web.classroom.models import Submission

    newest = Submission.objects.order_by("-pk")[0]
    report = newest.reports.get()
    assert newest.started_at is not None, "it was graded"
    sandbox = float(report.document["timings"]["sandbox"])
    git = (newest.pushed_at - began).total_seconds()
    queue = (newest.started_at - newest.pushed_at).total_seconds()
    judge = report.seconds - sandbox
    return Stages(git, queue, sandbox, judge, total - git - queue - sandbox - judge)
