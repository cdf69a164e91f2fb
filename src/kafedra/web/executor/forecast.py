"""What a waiting submission has before it, and how long that will take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from kafedra.web.executor.capacity import workers
from kafedra.web.executor.queue import FairQueue
from kafedra.web.runs import course
from kafedra.web.submissions.models import Report, State, Submission

_RECENT = 20  # reports of an assignment; more would remember tests that have long changed
_UNKNOWN_SECONDS = 2.0  # of an assignment that nobody has pushed to yet


@dataclass(frozen=True, slots=True)
class Forecast:
    """`ahead` submissions come first; the verdict is expected in `seconds`."""

    ahead: int
    seconds: float

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up; 0 when it is less than one."""
        return 0 if self.seconds < 60 else -(-int(self.seconds) // 60)

    @property
    def shown_seconds(self) -> int:
        """Seconds as one tells them: in steps of five, at least five."""
        return max(5, 5 * round(self.seconds / 5))


def typical_seconds(assignments: Iterable[str]) -> dict[str, float]:
    """The median time of recent runs of each assignment. One query for each."""
    found = {}
    for slug in set(assignments):
        made = Report.objects.filter(submission__repository__assignment=slug, taken_from=None)
        seconds = list(made.order_by("-pk").values_list("seconds", flat=True)[:_RECENT])
        found[slug] = median(seconds) if seconds else _UNKNOWN_SECONDS
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    student: int
    assignment: str
    state: str


def in_turn(*, needs_gpu: bool) -> list[int]:
    """Waiting submissions of a lane in the order in which they will be graded, if nothing else comes."""
    return [row.pk for row in _fair(row for row in _rows(needs_gpu) if row.state == State.WAITING)]


def forecast(submission: Submission) -> Forecast:
    """For a submission that waits or is being graded; a few queries, however long the queue is."""
    own = submission.repository.assignment
    needs_gpu = course.needs_gpu(own)
    rows = _rows(needs_gpu)
    running = [row for row in rows if row.state == State.RUNNING and row.pk != submission.pk]
    turn = _fair(row for row in rows if row.state == State.WAITING)
    place = next((index for index, row in enumerate(turn) if row.pk == submission.pk), 0)
    before = turn[:place]
    typical = typical_seconds([own, *(row.assignment for row in (*running, *before))])
    work = sum(typical[row.assignment] for row in before) + sum(typical[row.assignment] for row in running) / 2
    return Forecast(place, work / max(1, workers(needs_gpu=needs_gpu)) + typical[own])


def _rows(needs_gpu: bool) -> list[_Row]:
    unfinished = Submission.objects.filter(state__in=[State.WAITING, State.RUNNING]).order_by("pushed_at", "pk")
    found = unfinished.values_list("pk", "repository__student_id", "repository__assignment", "state")
    return [row for row in (_Row(*values) for values in found) if course.needs_gpu(row.assignment) == needs_gpu]


def _fair(rows: Iterable[_Row]) -> list[_Row]:
    queue, known = FairQueue(), dict[int, _Row]()
    for row in rows:
        queue.put(row.student, row.pk)
        known[row.pk] = row
    return [known[queue.take()[1]] for _ in range(len(queue))]
