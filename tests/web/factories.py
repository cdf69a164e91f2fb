"""People, repositories, submissions and reports for tests, made through the same services as the real ones."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from kafedra.grading.report import Outcome, TestReport
from kafedra.grading.report import Report as Verdict
from kafedra.web.people import services as people
from kafedra.web.people.members.services import belonging
from kafedra.web.people.models import Role, User
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Repository, Submission
from kafedra.web.submissions.services import handing_in, verdicts

PASSWORD = "lectern and chalk"
# The third class of the 2023 run: homework 1 is two days past its deadline of 30 January.
NOW = datetime(2023, 2, 1, 12, 0, tzinfo=UTC)
IN_TIME = datetime(2023, 1, 25, 17, 30, tzinfo=UTC)

_numbers = count(1)


def person(username: str = "", name: str = "", *, run: Run | None = None, role: Role = Role.STUDENT) -> User:
    """An account with PASSWORD, a member of `run` if one is given."""
    username = username or f"student-{next(_numbers)}"
    user = people.create_user(username=username, display_name=name or username.capitalize(), password=PASSWORD)
    if run is not None:
        belonging.join(user=user, run=run, role=role)
    return user


def repository(student: User, run: Run, assignment: str = "activations") -> Repository:
    """A repository row; nothing on disk."""
    path = f"{run.slug}/{assignment}/{student.username}.git"
    return Repository.objects.create(student=student, run=run, assignment=assignment, path=path)


def pushed(repo: Repository, at: datetime = IN_TIME) -> Submission:
    """A submission that waits."""
    commit = hashlib.sha1(f"{repo.path} {at} {next(_numbers)}".encode()).hexdigest()
    return handing_in.record_push(repository=repo, commit=commit, pushed_at=at, protected_changes=[])


def graded(repo: Repository, points: str = "1", at: datetime = IN_TIME, most: str = "1") -> Submission:
    """A submission with a report worth `points` of `most`."""
    submission = pushed(repo, at)
    verdicts.start_grading(submission=submission)
    report = verdict(points, most, assignment=repo.assignment)
    verdicts.store_report(submission=submission, report=report, grading_time=timedelta(seconds=1.5))
    return submission


def verdict(points: str, most: str = "1", assignment: str = "activations") -> Verdict:
    """A report of two tests: one passed, worth `points`; one failed, worth the rest and nothing earned."""
    earned, rest = Decimal(points), Decimal(most) - Decimal(points)
    passed = TestReport(
        id="test_forward.py::test_relu",
        title="ReLU обнуляет отрицательное",
        outcome=Outcome.PASSED,
        points=earned,
        max_points=earned,
    )
    failed = TestReport(
        id="test_edges.py::test_large",
        title="Большие значения не дают NaN",
        outcome=Outcome.FAILED,
        points=Decimal(0),
        max_points=rest,
        hidden=True,
        message="MySigmoid()(x) содержит NaN\nx: float64, форма (4, 7)\nнаибольшая ошибка: nan в [0, 3]",
        hint="exp(x) переполняется при больших x.",
    )
    tests = (passed, failed) if rest else (passed,)
    return Verdict(assignment=assignment, seed=20230125, seconds=0.84, tests=tests)
