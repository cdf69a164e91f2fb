"""What holds for the whole suite."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

# How fast an example is depends on what else the machine does; what is asserted doesn't.
settings.register_profile("kafedra", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kafedra")

# Files whose tests start servers, browsers or trainings, the longest first: begun last, they would keep one worker
# busy while the others wait. With `--no-loadscope-reorder` workers take the files in this order.
LONG = ("journeys", "course_content", "web/test_accessibility", "student", "security", "grading", "web/reviews")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG) if f"tests/{name}" in item.nodeid), 99))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Five thousand collected tests stay until the end: looking through them for garbage took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
