"""Whether the course can be read."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from kafedra.course import CourseError
from kafedra.web.frame.doctor import Finding, Health, finding
from kafedra.web.runs import course


def readable_course() -> Iterator[Finding]:
    """What the course has, or the first of its mistakes; and whether it has the run that the server is told to show."""

    try:
        loaded = course.current()
    except CourseError as error:
        first = str(error).splitlines()[0]
        remedy = "kafedra course check shows every mistake"
        yield Finding("course", Health.BROKEN, f"{settings.COURSE_DIR}: {first}", remedy)
        return
    runs = ", ".join(loaded.runs) or "none"
    yield Finding("course", Health.OK, f"{loaded.title.in_('en')}: {len(loaded.assignments)} assignments, runs: {runs}")
    chosen = settings.DEFAULT_RUN
    if chosen:
        yield finding("run", chosen in loaded.runs, f"KAFEDRA_RUN={chosen}", f"choose one of: {runs}")
