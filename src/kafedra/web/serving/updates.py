"""Publishing a new version of an assignment from a terminal, beside a running server or without one."""

from __future__ import annotations

from collections.abc import Iterator

from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.runs.soundness import HeldBack
from kafedra.web.submissions import editions
from kafedra.web.updates import selectors, services
from kafedra.web.updates.selectors import Group


class Unusable(ValueError):
    """What was asked for can't be done; the text says why, or what there is."""


def preview(*, run: str, assignment: str) -> Iterator[str]:
    """What publishing would change for whom, in lines. Raises Unusable, CourseError."""
    row = _run(run, assignment)
    groups = selectors.groups(row, editions.draft(row, course.current().assignments[assignment]))
    if not groups:
        yield f"nobody of {run} has accepted {assignment}: there is nobody to bring it to"
    for group in groups:
        logins = ", ".join(student.username for student in group.students)
        count = len(group.students)
        yield f"{count} student{'s' if count > 1 else ''} ({logins}):{'' if group.matters else ' nothing new'}"
        if group.matters:
            yield from _lines(group)


def _lines(group: Group) -> Iterator[str]:
    found = group.differences
    for word, names in (("changed", found.changed), ("new", found.added), ("removed", found.removed)):
        yield from (f"    {word:8} {name}" for name in names)
    for cell in found.cells:
        yield f"    statement, cell {cell.number}: {cell.place[:120]}"


def publish(*, run: str, assignment: str, note: str) -> None:
    """Publish as the operator. Raises Unusable, CourseError."""
    row = _run(run, assignment)
    try:
        services.publish(run=row, assignment=assignment, note=note, by=None)
    except services.NothingNew:
        raise Unusable("nothing was published: everybody has it as it is now, or is offered it") from None
    except HeldBack as error:
        raise Unusable(f"nothing was published, the assignment has mistakes:\n{error}") from None


def _run(run: str, assignment: str) -> Run:
    row = Run.objects.filter(slug=run).first()
    if row is None or run not in course.current().runs:
        raise Unusable(f"there is no run '{run}'; there are: {', '.join(course.current().runs)}")
    written = [work.slug for work in course.current().runs[run].works if work.slug in course.current().assignments]
    if assignment not in written:
        raise Unusable(f"there is no assignment '{assignment}' in {run}; there are: {', '.join(written)}")
    return row
