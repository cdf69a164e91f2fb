"""What of a run is on its way to a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kafedra.web import clock
from kafedra.web.executor.capacity import gpu_missing, troubles
from kafedra.web.executor.forecast import in_turn
from kafedra.web.executor.interface import Trouble
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import State, Submission


@dataclass(frozen=True, slots=True)
class WaitingForGrading:
    """One submission that waits, and its place among those of all runs (from 1; 0: it waits for a GPU)."""

    submission: Submission
    place: int


@dataclass(frozen=True, slots=True)
class Running:
    """One that is being graded, and for how long already."""

    submission: Submission
    seconds: int


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Everything of a run that has no verdict yet, or lost the way to it; and the slots that don't work."""

    troubles: tuple[Trouble, ...]
    running: tuple[Running, ...]
    waiting: tuple[WaitingForGrading, ...]
    faults: tuple[Submission, ...]

    @property
    def version(self) -> str:
        """Changes when something starts, ends, comes or fails."""
        parts = (
            (one.slot for one in self.troubles),
            (one.submission.pk for one in self.running),
            (one.submission.pk for one in self.waiting),
            (one.pk for one in self.faults),
        )
        return "-".join(".".join(map(str, part)) for part in parts)


def on_the_way(run: Run) -> OnTheWay:
    """Three queries, and one more for each lane."""
    rows = Submission.objects.filter(repository__run=run).select_related("repository__student")
    now = clock.now()
    running = [
        Running(one, max(0, int(((now - one.started_at) if one.started_at else timedelta()).total_seconds())))
        for one in rows.filter(state=State.RUNNING).order_by("started_at")
    ]
    places = {pk: place for gpu in (False, True) for place, pk in enumerate(in_turn(needs_gpu=gpu), 1)}
    waiting = [
        WaitingForGrading(one, 0 if gpu_missing(one.repository.assignment) else places.get(one.pk, 0))
        for one in rows.filter(state=State.WAITING)
    ]
    waiting.sort(key=lambda one: (one.place or len(places) + 1, one.submission.pushed_at))
    return OnTheWay(troubles(), tuple(running), tuple(waiting), tuple(rows.filter(state=State.FAULT)))
