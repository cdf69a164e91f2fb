"""What staff look at first: what waits for them, who is stuck, what was not understood. Computed from facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kafedra.course import AssignedWork, Homework
from kafedra.grading.report import Outcome
from kafedra.web import clock
from kafedra.web.people.models import User
from kafedra.web.people.students import students_of
from kafedra.web.reviews.known import Reason
from kafedra.web.reviews.queue import WaitingForReview, waiting
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.standings.facts import Facts, by_review, facts
from kafedra.web.standings.line import is_ready
from kafedra.web.standings.pushed import Pushed
from kafedra.web.submissions.models import Report, State

LATELY = timedelta(days=14)  # whoever pushed nothing for longer does something else
AROUND_A_DEADLINE = timedelta(days=7)
VAIN_PUSHES = 2  # that many in a row without a better result, and somebody should ask
WORKS_SHOWN = 2
TESTS_SHOWN = 4


@dataclass(frozen=True)
class Stuck:
    """A student whose newest `vain` submissions to `work` brought nothing; `points` are the judge's best."""

    student: User
    work: AssignedWork
    submission: int
    vain: int
    points: Decimal
    last: datetime


@dataclass(frozen=True)
class Silent:
    """Who has pushed nothing to `work`, whose deadline is near or just over, and has no later one."""

    work: AssignedWork
    deadline: datetime
    students: tuple[User, ...]


@dataclass(frozen=True)
class Failing:
    """One test, and whose best submission fails it."""

    title: str
    failed: tuple[tuple[User, int], ...]


@dataclass(frozen=True)
class Understood:
    """The tests of `work` that most of those `handed_in` fail with their best submissions, the worst first."""

    work: AssignedWork
    handed_in: int
    tests: tuple[Failing, ...]


@dataclass(frozen=True)
class Queue:
    """What waits for a reviewer: by reason, with whom, and what waits longest."""

    all: int
    mine: int
    free: int
    reasons: tuple[tuple[Reason, int], ...]
    longest: WaitingForReview | None


@dataclass(frozen=True)
class Overview:
    """The three answers; `faults` are the newest submissions that we could not grade."""

    queue: Queue
    stuck: tuple[Stuck, ...]
    silent: tuple[Silent, ...]
    understood: tuple[Understood, ...]
    faults: int


def overview(run: Run, me: User) -> Overview:
    """Everything, for one member of the staff. The number of queries doesn't depend on the number of students."""
    known, students = facts(run), students_of(run)
    works = [(each, work) for each in course.current().runs[run.slug].homework for work in each.assignments]
    marked = by_review(course.current().assignments)  # no test says who is stuck with these
    tested = [pair for pair in works if pair[1].slug not in marked]
    return Overview(
        queue=_queue(waiting(run, known), me),
        stuck=_stuck(known, students, tested),
        silent=_silent(known, students, works),
        understood=_understood(known, students, [work for _each, work in tested]),
        faults=sum(pushes[0].state == State.FAULT.value for pushes in known.pushed.values()),
    )


def _queue(items: Sequence[WaitingForReview], me: User) -> Queue:
    reasons = Counter(item.reason for item in items)
    return Queue(
        all=len(items),
        mine=sum(item.is_with(me) for item in items),
        free=sum(item.free for item in items),
        reasons=tuple((reason, reasons[reason]) for reason in Reason if reasons[reason]),
        longest=items[0] if items else None,
    )


def _stuck(known: Facts, students: Iterable[User], works: Iterable[tuple[Homework, AssignedWork]]) -> tuple[Stuck, ...]:
    since = clock.now() - LATELY
    found = [
        one
        for student in students
        for _homework, work in works
        if (one := _in_vain(known, student, work)) is not None and one.last >= since
    ]
    return tuple(sorted(found, key=lambda one: (-one.vain, one.last)))


def _in_vain(known: Facts, student: User, work: AssignedWork) -> Stuck | None:
    key = (student.pk, work.slug)
    judged = [push for push in known.pushed.get(key, ()) if push.points is not None]
    if len(judged) <= VAIN_PUSHES or key in known.given.final or key in known.given.opened:
        return None
    points = [push.points or Decimal(0) for push in reversed(judged)]  # the oldest first
    best = max(points)
    vain = len(points) - 1 - points.index(best)
    if best >= work.judged_of or vain < VAIN_PUSHES:
        return None
    newest = judged[0]
    return Stuck(student, work, newest.id, vain, best, newest.pushed_at)


def _silent(
    known: Facts, students: Sequence[User], works: Iterable[tuple[Homework, AssignedWork]]
) -> tuple[Silent, ...]:
    now = clock.now()
    found = []
    for homework, work in works:
        if homework.deadline is None or not is_ready(homework, work):
            continue
        if abs(homework.deadline - now) > AROUND_A_DEADLINE:
            continue
        keys = [(one, (one.pk, work.slug)) for one in students]
        quiet = tuple(
            one
            for one, key in keys
            if not known.pushed.get(key) and known.deadline(key, homework.deadline) == homework.deadline
        )
        if quiet:
            found.append(Silent(work, homework.deadline, quiet))
    return tuple(found)


def _understood(known: Facts, students: Sequence[User], works: Sequence[AssignedWork]) -> tuple[Understood, ...]:
    best = {key: push for key, pushes in known.pushed.items() if (push := _best(pushes)) is not None}
    chosen = _current(known, students, works)
    people = {student.pk: student for student in students}
    owners = {
        push.id: (people[owner], slug) for (owner, slug), push in best.items() if owner in people and slug in chosen
    }
    failed: dict[str, dict[str, list[tuple[User, int]]]] = {slug: {} for slug in chosen}
    titles: dict[tuple[str, str], str] = {}
    for submission, document in _documents(owners).items():
        student, slug = owners[submission]
        for test in document.get("tests", ()):
            if test["outcome"] != Outcome.PASSED.value:
                failed[slug].setdefault(test["id"], []).append((student, submission))
                titles[slug, test["id"]] = test.get("title") or test["id"]
    told = []
    for work in works:
        if work.slug in chosen:
            worst = sorted(failed[work.slug].items(), key=lambda one: -len(one[1]))[:TESTS_SHOWN]
            tests = tuple(Failing(titles[work.slug, test], tuple(whose)) for test, whose in worst)
            told.append(Understood(work, sum(slug == work.slug for _student, slug in owners.values()), tests))
    return tuple(told)


def _best(pushes: Sequence[Pushed]) -> Pushed | None:
    """By the judge's points, then the newest: what was not understood is what even this one doesn't show."""
    judged = [push for push in pushes if push.points is not None]
    return max(judged, key=lambda push: push.points or Decimal(0), default=None)


def _current(known: Facts, students: Sequence[User], works: Sequence[AssignedWork]) -> set[str]:
    """What the students work on: the assignments with most students who pushed lately."""
    since, ids = clock.now() - LATELY, {student.pk for student in students}
    active = Counter(
        slug for (owner, slug), pushes in known.pushed.items() if owner in ids and pushes[0].pushed_at >= since
    )
    order = {work.slug: place for place, work in enumerate(works)}
    ranked = sorted((slug for slug in active if slug in order), key=lambda slug: (-active[slug], -order[slug]))
    return set(ranked[:WORKS_SHOWN])


def _documents(submissions: Iterable[int]) -> Mapping[int, dict[str, list[dict[str, str]]]]:
    """The newest report of each submission."""
    found = Report.objects.of(submissions).newest_values("document")
    return {submission: document for submission, (document,) in found.items()}
