"""The executor's workers: what they do first, what they leave to others, what they never lose."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.web import factories

from kafedra.web.executor import Executor, LocalExecutor, Progress, Stage, Task, WarmGrader, work
from kafedra.web.executor.graders import Place, places
from kafedra.web.executor.recovery import submit_waiting, sweep
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import State, Submission
from kafedra.web.submissions.services import start_grading

SECONDS = 10


class Bench:
    """Workers that do nothing until they are let go, and note what they did in which order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *workers: Place) -> None:
        self.done: list[int | str] = []
        self.gate = threading.Semaphore(0)
        self.changed = threading.Condition()
        self.executor = LocalExecutor(self._grader, workers)
        monkeypatch.setattr(work, "claim", lambda pk: Submission(pk=pk))
        monkeypatch.setattr(work, "grade", lambda submission, _grader, _on_test: self._note(submission.pk))

    @contextmanager
    def _grader(self, place: Place) -> Iterator[WarmGrader]:
        yield object()  # type: ignore[misc]  # nobody grades with it

    def _note(self, what: int | str) -> Stage:
        assert self.gate.acquire(timeout=SECONDS)
        with self.changed:
            self.done.append(what)
            self.changed.notify_all()
        return Stage.GRADED

    def offer(self, key: str, *, gpu: bool = False) -> None:
        self.executor.offer(key, lambda _grader: self._note(key) and None, gpu=gpu)

    def let_go(self, jobs: int) -> list[int | str]:
        self.gate.release(jobs)
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= jobs, SECONDS)
        return self.done


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(*workers: Place) -> Bench:
        made.append(Bench(monkeypatch, *workers))
        return made[-1]

    yield make
    for one in made:
        one.gate.release(100)
        one.executor.drain(SECONDS)


def test_students_go_before_what_staff_asked_for(bench: Callable[..., Bench]) -> None:
    one = bench(Place())
    one.offer("regrade 1")
    one.offer("regrade 2")
    one.executor.submit(7, student_id=1)
    one.executor.start()
    assert one.let_go(3) == [7, "regrade 1", "regrade 2"]


def test_a_worker_stays_free_for_the_next_push(bench: Callable[..., Bench]) -> None:
    one = bench(Place(), Place())
    one.offer("regrade 1")
    one.offer("regrade 2")
    one.executor.start()
    one.executor.submit(7, student_id=1)
    assert set(one.let_go(2)) >= {7}, "one of two errands is begun, the push does not wait for the other"
    one.gate.release()
    with one.changed:
        assert one.changed.wait_for(lambda: len(one.done) == 3, SECONDS)


def test_the_same_errand_is_done_once(bench: Callable[..., Bench]) -> None:
    one = bench(Place())
    one.offer("regrade 1")
    one.offer("regrade 1")
    one.executor.start()
    one.executor.submit(7, student_id=1)
    one.let_go(2)
    assert sorted(map(str, one.done)) == ["7", "regrade 1"]


def test_only_a_worker_with_a_gpu_takes_what_needs_one(bench: Callable[..., Bench]) -> None:
    one = bench(Place(), Place(gpu=0))
    threads: dict[str, str] = {}

    def task_named(key: str) -> Task:
        def task(_grader: WarmGrader) -> None:
            threads[key] = threading.current_thread().name
            one._note(key)

        return task

    one.executor.offer("with", task_named("with"), gpu=True)
    one.executor.offer("without", task_named("without"))
    one.executor.start()
    one.let_go(2)
    assert threads == {"without": "grading-1", "with": "grading-2"}


def test_without_a_gpu_a_submission_waits_for_another_machine(bench: Callable[..., Bench]) -> None:
    one = bench(Place())
    heard: list[Progress] = []
    one.executor.watch(7, heard.append)
    one.executor.submit(7, student_id=1, gpu=True)
    assert heard == [Progress(Stage.NO_GPU)]
    assert not one.executor.holds(7)


def test_workers_get_a_core_each_where_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {4, 6})
    monkeypatch.setattr("kafedra.grading.sandbox.gpu.cards", lambda: ())
    assert places(2) == (Place(4), Place(6))
    assert places(3) == (Place(), Place(), Place())
    monkeypatch.setattr("kafedra.grading.sandbox.gpu.cards", lambda: (0,))
    assert places(1) == (Place(4), Place(6, gpu=0))


class Submitted:
    """An executor that only remembers."""

    def __init__(self, *held: int) -> None:
        self.held, self.submitted = held, dict[int, bool]()

    def holds(self, submission_id: int) -> bool:
        return submission_id in self.held

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False) -> None:
        self.submitted[submission_id] = gpu


def executor(*held: int) -> tuple[Executor, dict[int, bool]]:
    found = Submitted(*held)
    return found, found.submitted  # type: ignore[return-value]  # as much of one as these tests need


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    return factories.pushed(factories.repository(student, run))


@pytest.fixture(autouse=True)
def no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafedra.web.executor.recovery._unwritten", lambda _busy: ())


def test_what_is_marked_as_running_and_nobody_grades_waits_again(submission: Submission) -> None:
    start_grading(submission=submission)
    fake, submitted = executor()
    sweep(fake)
    submission.refresh_from_db()
    assert (submission.state, list(submitted)) == (State.WAITING, [submission.pk])


def test_what_a_worker_has_in_its_hands_is_left_there(submission: Submission) -> None:
    start_grading(submission=submission)
    fake, submitted = executor(submission.pk)
    sweep(fake)
    submission.refresh_from_db()
    assert (submission.state, submitted) == (State.RUNNING, {})


def test_what_needs_a_gpu_is_submitted_as_such(submission: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "needs_gpu", lambda slug: slug == "activations")
    fake, submitted = executor()
    submit_waiting(fake)
    assert submitted == {submission.pk: True}
