"""Regrading from a terminal: by the running server's graders, or by graders of our own where no server runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from kafedra.web.executor import Executor
from kafedra.web.executor.making import make_dispatcher
from kafedra.web.people.students import students_of
from kafedra.web.regrading import selectors, services
from kafedra.web.regrading.models import Regrade, RegradeStage
from kafedra.web.regrading.selectors import Advance, Preview
from kafedra.web.regrading.trials import take_up
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.serving.preparation import DataInUse, prepare, sole_owner

_LOOK_SECONDS = 0.3
_DRAIN_SECONDS = 60


class Unusable(ValueError):
    """What was asked for can't be done; the text says what there is."""


@contextmanager
def at_work() -> Iterator[Executor | None]:
    """An executor of our own, or None where a server is running: it will do the work, after its students."""
    try:
        with sole_owner(settings.DATA_DIR, settings.BASE_URL):
            prepare()
            executor = make_dispatcher(loud=False)
            executor.start()
            try:
                yield executor
            finally:
                executor.drain(_DRAIN_SECONDS)
    except DataInUse:
        yield None


def begin(*, run: str, assignment: str, logins: tuple[str, ...], whole: bool, reason: str) -> Regrade:
    """Begin a regrade as the operator. Raises Unusable with what there is instead."""
    row = Run.objects.filter(slug=run).first()
    if row is None or run not in course.current().runs:
        raise Unusable(f"there is no run '{run}'; there are: {', '.join(course.current().runs)}")
    works = [work.slug for work in course.current().runs[run].works]
    written = [slug for slug in works if slug in course.current().assignments]
    if assignment not in written:
        raise Unusable(f"there is no assignment '{assignment}' in {run}; there are: {', '.join(written)}")
    by_login = {student.username: student for student in students_of(row)}
    if unknown := [login for login in logins if login not in by_login]:
        raise Unusable(f"'{unknown[0]}' is no student of {run}")
    students = [by_login[login] for login in logins]
    return services.begin(run=row, assignment=assignment, by=None, reason=reason, students=students, whole=whole)


def open_ones(*, run: str, assignment: str) -> set[int]:
    """Regrades of the assignment that somebody may still apply."""
    stages = [RegradeStage.GRADING, RegradeStage.READY]
    return set(
        Regrade.objects.filter(run__slug=run, assignment=assignment, stage__in=stages).values_list("pk", flat=True)
    )


def newest_applied(*, run: str, assignment: str) -> Regrade:
    """The regrade to undo. Raises Unusable."""
    rows = Regrade.objects.filter(run__slug=run, assignment=assignment, stage=RegradeStage.APPLIED)
    found = rows.order_by("-applied_at").first()
    if found is None:
        raise Unusable(f"no regrade of {assignment} in {run} is applied")
    return found


def finished(regrade: Regrade, executor: Executor | None, on_advance: Callable[[Advance], None]) -> Preview | None:
    """Wait until every submission is through; what was found, or None when somebody discarded it meanwhile.

    Raises Unusable when nothing can be graded here.
    """
    pause = threading.Event()
    while regrade.stage == RegradeStage.GRADING:
        if executor is not None:
            if executor.problems:
                raise Unusable("\n".join(executor.problems))
            take_up(executor)
        pause.wait(_LOOK_SECONDS)
        on_advance(selectors.advance(regrade))
        regrade.refresh_from_db(fields=["stage"])
    return selectors.preview(regrade) if regrade.stage == RegradeStage.READY else None
