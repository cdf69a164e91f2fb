"""What can be graded at the same time: the dispatcher at work says so, since it alone knows its slots."""

from __future__ import annotations

from typing import Protocol

from kafedra.web.executor.interface import Trouble
from kafedra.web.runs import course


class AtWork(Protocol):
    """A dispatcher, as far as pages ask it."""

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Slots that don't work at present."""

    def capacity(self, *, gpu: bool) -> int:
        """How many submissions of a lane are graded side by side."""


_at_work: list[AtWork] = []  # one at most: the server is one process and has one dispatcher


def announce(dispatcher: AtWork) -> None:
    """From here on this dispatcher is asked."""
    _at_work[:] = [dispatcher]


def withdraw(dispatcher: AtWork) -> None:
    """It grades no more."""
    if dispatcher in _at_work:
        _at_work.clear()


def workers(*, needs_gpu: bool) -> int:
    """How many submissions are graded side by side, in the lane with or without a GPU; 0 where nobody grades."""
    return sum(one.capacity(gpu=needs_gpu) for one in _at_work)


def troubles() -> tuple[Trouble, ...]:
    """Slots that don't work at present."""
    return tuple(trouble for one in _at_work for trouble in one.troubles)


def gpu_missing(assignment: str) -> bool:
    """Whether the assignment waits for a machine with a GPU."""
    return course.needs_gpu(assignment) and not workers(needs_gpu=True)
