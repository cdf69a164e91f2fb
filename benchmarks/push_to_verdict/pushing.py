"""Real pushes to a server in this process, each with the moments that it passed."""

from __future__ import annotations

import json
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
    from kafedra.web.demo.homework import Workplace

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


def _student(folder: Path) -> tuple[Clone, Workplace]:
    from kafedra.web.demo.cast import bring_in
    from kafedra.web.demo.homework import Workplace
    from kafedra.web.runs import course
    from kafedra.web.runs.models import Run

    told = {STUDENTS[0]: {_ASSIGNMENT: Story()}}
    cast = bring_in(Run.objects.get(slug=calendar.SLUG), told, folder / "clones")
    clone = cast.clones[STUDENTS[0].login, _ASSIGNMENT]
    assignment = course.current().assignments[_ASSIGNMENT]
    return clone, Workplace(assignment, (clone.folder / assignment.notebook).read_bytes())


def _push(clone: Clone, desk: Workplace, number: int) -> Stages:
    turn = Turn(STUDENTS[0], _ASSIGNMENT, Move(Work.RIGHT, timedelta()), number)
    message = desk.write(turn, clone.folder)
    _sign(clone.folder / desk.assignment.notebook, number)
    clone.commit(message)
    began, clock = datetime.now(UTC), time.monotonic()
    clone.push()
    return _stages(began, time.monotonic() - clock)


def _sign(path: Path, number: int) -> None:
    """Make the code differ from that of every other push: the same code again would take over the earlier verdict."""
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["source"] = [*cell["source"], f"\n# {number}"]
    path.write_text(json.dumps(notebook), "utf-8")


def _stages(began: datetime, total: float) -> Stages:
    from kafedra.web.submissions.models import Submission

    newest = Submission.objects.order_by("-pk")[0]
    report = newest.reports.get()
    assert newest.started_at is not None, "it was graded"
    assert report.taken_from is None, "a verdict that is taken over says nothing about grading"
    sandbox = float(report.document["timings"]["sandbox"])
    git = (newest.pushed_at - began).total_seconds()
    queue = (newest.started_at - newest.pushed_at).total_seconds()
    judge = report.seconds - sandbox
    return Stages(git, queue, sandbox, judge, total - git - queue - sandbox - judge)
