"""A whole class pushes in the same minute: real pushes, each student from a clone of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles

from kafedra.web.demo import calendar
from kafedra.web.demo.people import Person
from kafedra.web.demo.scenario import Move, Story, Turn, Work
from kafedra.web.demo.terminal import Clone
from kafedra.web.serving.starting import Options, assembled

_ASSIGNMENT = "activations"
_PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Burst:
    """Seconds from the start of each push to its stored report."""

    students: int
    within: float  # seconds in which all of them began to push
    waits: list[float]

    @property
    def lost(self) -> int:
        return self.students - len(self.waits)

    @property
    def median(self) -> float:
        return median(self.waits)

    @property
    def p95(self) -> float:
        return quantiles(self.waits, n=20)[-1]


def measured_burst(course: Path, folder: Path, students: int, within: float) -> Burst:
    """`students` first pushes that begin at random moments of `within` seconds; 0 is all at once."""
    with _class(course, folder, students) as clones:
        random = Random(2023)  # the same minute every time
        moments = sorted(random.uniform(0, within) for _ in clones)
        start = time.monotonic()
        with ThreadPoolExecutor(max_workers=students) as pool:
            began = list(pool.map(lambda clone, at: _push(clone, start + at), clones, moments))
        return Burst(
            students, within, _waits(dict(zip((clone.folder.parent.name for clone in clones), began, strict=True)))
        )


def _push(clone: Clone, at: float) -> datetime:
    """Wait for the moment and push; when it began."""
    time.sleep(max(0.0, at - time.monotonic()))
    began = datetime.now(UTC)
    clone.push()
    return began


def _waits(began: dict[str, datetime]) -> list[float]:
    """Seconds until each report; a push that has none in time counts as lost."""
    from kafedra.web.submissions.models import Report

    until = time.monotonic() + _PATIENCE_SECONDS
    while Report.objects.count() < len(began) and time.monotonic() < until:
        time.sleep(0.2)
    rows = Report.objects.values_list("submission__repository__student__username", "created_at")
    return [(stored - began[login]).total_seconds() for login, stored in rows]


@contextmanager
def _class(course: Path, folder: Path, students: int) -> Iterator[list[Clone]]:
    """A warm server, and a clone for each student with a solution that is committed and not yet pushed."""
    data = folder / "data"
    data.mkdir()
    calendar.write_run(course, data, datetime.now(UTC).date())
    people = [Person(f"student-{number:03d}", f"Студент {number}") for number in range(students)]
    with assembled(Options(course=course, data=data, run=calendar.SLUG, port=0)) as kafedra:
        # Django is configured from here on.
        from kafedra.web.demo.cast import bring_in
        from kafedra.web.demo.homework import Workplace
        from kafedra.web.demo.stage import serving
        from kafedra.web.runs import course as current
        from kafedra.web.runs.models import Run

        with serving(kafedra):
            run = Run.objects.get(slug=calendar.SLUG)
            cast = bring_in(run, {person: {_ASSIGNMENT: Story()} for person in people}, folder / "clones")
            assignment = current.current().assignments[_ASSIGNMENT]
            clones = [cast.clones[person.login, _ASSIGNMENT] for person in people]
            desk = Workplace(assignment, (clones[0].folder / assignment.notebook).read_bytes())
            for number, (person, clone) in enumerate(zip(people, clones, strict=True)):
                clone.commit(desk.write(Turn(person, _ASSIGNMENT, Move(Work.RIGHT, timedelta()), number), clone.folder))
            yield clones
