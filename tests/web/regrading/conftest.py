"""A small world of regrading: students with verdicts, and tests that say what they are told to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from tests.web import factories

from kafedra.course import Environment
from kafedra.grading import Job, Outcome, Promise, Report, TestReport, environment_digest
from kafedra.grading.wire import Promised
from kafedra.web.executor import work
from kafedra.web.executor.interface import OnTest
from kafedra.web.people.models import User
from kafedra.web.regrading import services, trials
from kafedra.web.regrading.models import Regrade, TrialState
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import Submission

Says = Mapping[str, Outcome]
FIRST_SEED = 20230125  # of every report that the factories make
PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


def verdict(says: Says, seed: int = FIRST_SEED, points: str = "0.5") -> Report:
    """A report with these tests, each worth `points`."""
    tests = tuple(
        TestReport(
            id=f"test_{name}.py::test_{name}",
            title=name,
            outcome=outcome,
            points=Decimal(points) if outcome is PASSED else Decimal(0),
            max_points=Decimal(points),
        )
        for name, outcome in says.items()
    )
    return Report(assignment="activations", seed=seed, seconds=0.4, tests=tests)


class ChangedTests:
    """A grader: what the changed tests say of each commit, by the seed of the old report and by any other."""

    def __init__(self) -> None:
        self.says: dict[str, tuple[Says, Says] | Exception] = {}
        self.asked: list[tuple[str, int | None]] = []

    def environment(self, environment: Environment) -> str:
        return environment_digest(environment)

    def promise(self, job: Job) -> Promise:
        answer = self.says[job.files["commit"].decode()]
        assert not isinstance(answer, Exception)
        return {one.id: Promised(hidden=one.hidden, max_points=one.max_points) for one in verdict(answer[0]).tests}

    def grade(self, job: Job, on_test: OnTest) -> Report:
        commit = job.files["commit"].decode()
        self.asked.append((commit, job.seed))
        answer = self.says[commit]
        if isinstance(answer, Exception):
            raise answer
        return verdict(answer[job.seed != FIRST_SEED], job.seed or 0)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> ChangedTests:
    monkeypatch.setattr(work, "files_of", lambda submission, _assignment: {"commit": submission.commit.encode()})
    return ChangedTests()


Handed = Callable[..., Submission]


@pytest.fixture
def handed(run: Run, changed: ChangedTests) -> Handed:
    """`handed(student, old, new, other)`: a graded submission, and what the changed tests will say of it."""

    def make(student: User, old: Says, new: Says | Exception, other: Says | None = None, **when: object) -> Submission:
        repository = student.repositories.filter(run=run).first() or factories.repository(student, run)
        submission = factories.graded(repository, **when)  # type: ignore[arg-type]  # `at`
        row = submission.reports.get()
        row.document = verdict(old).model_dump(mode="json")
        row.points, row.tests_digest = verdict(old).points, "0ld"
        row.save()
        changed.says[submission.commit] = new if isinstance(new, Exception) else (new, other or new)
        return submission

    return make


@pytest.fixture
def regrade(run: Run, changed: ChangedTests, instructor: User) -> Callable[..., Regrade]:
    """Begin one, and run all of its trials."""

    def go(**options: object) -> Regrade:
        row = services.begin(run=run, assignment="activations", by=instructor, **options)  # type: ignore[arg-type]
        while waiting := list(row.trials.filter(state=TrialState.WAITING)):
            for trial in waiting:
                trials.run(trial.pk, changed)
        row.refresh_from_db()
        return row

    return go
