"""Whether there is room for what students push."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from kafedra.web.frame.doctor import Finding, Health, finding
from kafedra.web.submissions import quota

_NEARLY = 0.8


def room() -> Iterator[Finding]:
    """What all repositories take, of what they may; a push that would bring more is refused."""
    course = quota.of_course()
    detail = f"{course.shown}, at most {settings.REPOSITORY_BYTES // 2**20} MB each"
    remedy = "make room: raise KAFEDRA_MAX_REPOSITORIES_GB, or move the data folder to a larger disk"
    yield finding("repositories", course.taken < _NEARLY * course.limit, detail, remedy, Health.WARN)
