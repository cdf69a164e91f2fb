"""What this machine can grade at the same time."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from kafedra.grading.sandbox import gpu
from kafedra.web.runs import course


@cache
def cards() -> tuple[int, ...]:
    """The GPUs of this machine; looked up once."""
    return gpu.cards()


def workers(*, needs_gpu: bool) -> int:
    """How many submissions are graded side by side, in the lane with or without a GPU."""
    return len(cards()) if needs_gpu else int(settings.GRADING_WORKERS)


def gpu_missing(assignment: str) -> bool:
    """Whether the assignment waits for a machine with a GPU."""
    return course.needs_gpu(assignment) and not cards()
