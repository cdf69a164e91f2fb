"""What the assignments that the record names are called. Stored are slugs: a title may change."""

from __future__ import annotations

from kafedra.course import Localized
from kafedra.web.frame.language import spoken
from kafedra.web.record.labels import work_in
from kafedra.web.runs import course


def titles() -> dict[str, Localized]:
    """The title of every assignment that the course or one of its runs knows, by slug."""
    known = course.current()
    of_runs = {work.slug: work.title for run in known.runs.values() for work in run.works}
    return of_runs | {slug: assignment.title for slug, assignment in known.assignments.items()}


def spelt_out(label: str, known: dict[str, Localized]) -> str:
    """A label of somebody's work with the title in place of the slug; any other one as it is."""
    slug, rest = work_in(label)
    return known[slug].in_(spoken()) + rest if slug in known else label
