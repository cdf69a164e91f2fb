"""The dispatcher: what is done first, what is left to others, what is never lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from tests.web import factories

from kafedra.grading import SandboxUnavailable
from kafedra.web.executor import Dispatcher, Executor, Progress, Stage, Task, WarmGrader
from kafedra.web.executor.capacity import workers
from kafedra.web.executor.interface import OnTest
from kafedra.web.executor.lengths import long_ones
from kafedra.web.executor.recovery import submit_waiting, sweep
from kafedra.web.executor.slots import LocalSlot, local_slots
from kafedra.web.executor.troubles import Troubles
from kafedra.web.people.models import User
from kafedra.web.runs import course
from kafedra.web.runs.models import Run
from kafedra.web.submissions.models import State, Submission
from kafedra.web.submissions.services.verdicts import start_grading, store_report

SECONDS = 30


@dataclass
class Desk:
    """A slot without a grader. `broken` is raised whenever somebody opens it, until it is mended."""

    name: str = "desk"
    has_gpu: bool = False
    broken: Exception | None = None
    opened: list[str] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[WarmGrader]:
        self.opened.append(threading.current_thread().name)
        if self.broken is not None:
            raise self.broken
        yield self  # type: ignore[misc]  # nobody grades with it


class Bench:
    """Workers that do nothing until they are let go, and note what they did in which order."""

    def __init__(self, *slots: Desk, pause: float = 0.05) -> None:
        self.done: list[int | str] = []
        self.gate = threading.Semaphore(0)
        self.changed = threading.Condition()
        self.heard: list[Progress] = []
        self.fails_with: dict[int, Exception] = {}
        self.executor = Dispatcher(slots, self._settle, pause)

    def _settle(self, submission_id: int, grader: WarmGrader, on_start: Callable[[], None], on_test: OnTest) -> Stage:
        on_start()
        if error := self.fails_with.pop(submission_id, None):
            raise error
        return self._note(submission_id)

    def _note(self, what: int | str) -> Stage:
        assert self.gate.acquire(timeout=SECONDS)
        with self.changed:
            self.done.append(what)
            self.changed.notify_all()
        return Stage.GRADED

    def hear(self, progress: Progress) -> None:
        with self.changed:
            self.heard.append(progress)
            self.changed.notify_all()

    def offer(self, key: str, *, gpu: bool = False) -> None:
        self.executor.offer(key, lambda _grader: self._note(key) and None, gpu=gpu)

    def let_go(self, jobs: int) -> list[int | str]:
        self.gate.release(jobs)
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= jobs, SECONDS)
        return self.done

    def until(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            while not condition():
                assert self.changed.wait(SECONDS), "nothing more was heard"


@pytest.fixture
def bench() -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(*slots: Desk) -> Bench:
        made.append(Bench(*slots))
        return made[-1]

    yield make
    for one in made:
        one.gate.release(100)
        one.executor.drain(SECONDS)


def test_students_go_before_what_staff_asked_for(bench: Callable[..., Bench]) -> None:
    one = bench(Desk())
    one.offer("regrade 1")
    one.offer("regrade 2")
    one.executor.submit(7, student_id=1)
    one.executor.start()
    assert one.let_go(3) == [7, "regrade 1", "regrade 2"]


def test_a_worker_stays_free_for_the_next_push(bench: Callable[..., Bench]) -> None:
    one = bench(Desk(), Desk())
    one.offer("regrade 1")
    one.offer("regrade 2")
    one.executor.start()
    one.executor.submit(7, student_id=1)
    assert set(one.let_go(2)) >= {7}, "one of two errands is begun, the push does not wait for the other"
    one.gate.release()
    with one.changed:
        assert one.changed.wait_for(lambda: len(one.done) == 3, SECONDS)


def test_two_sleepers_of_one_person_leave_the_other_worker_to_a_classmate(bench: Callable[..., Bench]) -> None:
    one = bench(Desk(), Desk())
    one.executor.submit(1, student_id=1)
    one.executor.submit(2, student_id=1)
    one.executor.watch(3, one.hear)
    one.executor.start()
    one.executor.submit(3, student_id=2)
    one.until(lambda: Progress(Stage.RUNNING) in one.heard)
    assert not one.done, "neither sleeper has ended"
    assert set(one.let_go(3)) == {1, 2, 3}, "and nothing is forgotten"


def test_a_short_push_never_waits_for_long_ones(bench: Callable[..., Bench]) -> None:
    one = bench(Desk(), Desk(), Desk())
    for student in range(4):
        one.executor.submit(student, student_id=student, long=True)
    one.offer("regrade 1")
    one.executor.watch(9, one.hear)
    one.executor.start()
    one.executor.submit(9, student_id=9)
    one.until(lambda: Progress(Stage.RUNNING) in one.heard)
    assert not one.done
    assert set(one.let_go(6)) == {0, 1, 2, 3, 9, "regrade 1"}


def test_a_single_worker_takes_long_ones_too(bench: Callable[..., Bench]) -> None:
    one = bench(Desk())
    one.executor.submit(7, student_id=1, long=True)
    one.executor.start()
    assert one.let_go(1) == [7]


def test_the_same_errand_is_done_once(bench: Callable[..., Bench]) -> None:
    one = bench(Desk())
    one.offer("regrade 1")
    one.offer("regrade 1")
    one.executor.start()
    one.executor.submit(7, student_id=1)
    one.let_go(2)
    assert sorted(map(str, one.done)) == ["7", "regrade 1"]


def test_only_a_worker_with_a_gpu_takes_what_needs_one(bench: Callable[..., Bench]) -> None:
    one = bench(Desk(), Desk(has_gpu=True))
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
    one = bench(Desk())
    heard: list[Progress] = []
    one.executor.watch(7, heard.append)
    one.executor.submit(7, student_id=1, gpu=True)
    assert heard == [Progress(Stage.NO_GPU)]
    assert not one.executor.holds(7)


def test_workers_get_a_core_each_where_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {4, 6})
    monkeypatch.setattr("kafedra.grading.sandbox.gpu.cards", lambda: ())
    assert local_slots(2) == (LocalSlot("grader 1", 4), LocalSlot("grader 2", 6))
    assert {slot.core for slot in local_slots(3)} == {None}
    monkeypatch.setattr("kafedra.grading.sandbox.gpu.cards", lambda: (0,))
    assert local_slots(1) == (LocalSlot("grader 1", 4), LocalSlot("GPU 0", 6, gpu=0))


def test_one_slot_that_does_not_start_stops_no_other(bench: Callable[..., Bench]) -> None:
    broken = Desk("left", broken=SandboxUnavailable("the judge is not ready after 120 s"))
    one = bench(broken, Desk("right"))
    one.executor.start()
    one.executor.submit(7, student_id=1)
    one.executor.submit(8, student_id=2)
    assert one.let_go(2) == [7, 8]
    assert one.executor.problems == (), "one slot works"
    (trouble,) = one.executor.troubles
    assert (trouble.slot, trouble.lines) == ("left", ("the judge is not ready after 120 s",))


def test_a_slot_that_fails_in_the_middle_loses_nothing_and_works_again(bench: Callable[..., Bench]) -> None:
    one = bench(Desk())
    one.fails_with[7] = SandboxUnavailable("the judge was killed while it was renewed")
    one.executor.watch(7, one.hear)
    one.executor.start()
    one.executor.submit(7, student_id=1)
    assert one.let_go(1) == [7], "graded by the next grader of the same slot, without a restart"
    one.until(lambda: Progress(Stage.GRADED) in one.heard)
    assert (one.executor.problems, one.executor.troubles) == ((), ())


def test_while_no_slot_works_whoever_waits_is_told_and_graded_later(bench: Callable[..., Bench]) -> None:
    desk = Desk(broken=SandboxUnavailable("there are no namespaces"))
    one = bench(desk)
    one.executor.watch(7, one.hear)
    one.executor.submit(7, student_id=1)
    one.executor.start()
    one.until(lambda: Progress(Stage.POSTPONED) in one.heard)
    assert one.executor.problems == ("there are no namespaces",)
    desk.broken = None  # somebody installs it; nobody restarts anything
    assert one.let_go(1) == [7]
    one.until(lambda: Progress(Stage.GRADED) in one.heard)
    assert one.executor.problems == ()


def test_the_pauses_grow_and_end_with_the_first_job(bench: Callable[..., Bench]) -> None:
    troubles = Troubles((desk := Desk(),), pause=2)
    assert [troubles.suffered(desk, "no") for _ in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    troubles.started(desk)
    assert troubles.suffered(desk, "no") == 300, "that it starts proves little"
    troubles.started(desk)
    troubles.proved(desk)
    assert troubles.suffered(desk, "no") == 2


def test_what_can_be_graded_side_by_side_is_asked_of_the_dispatcher(bench: Callable[..., Bench]) -> None:
    one = bench(Desk(), Desk(), Desk(has_gpu=True))
    assert workers(needs_gpu=False) == 0, "nobody grades yet"
    one.executor.start()
    assert (workers(needs_gpu=False), workers(needs_gpu=True)) == (2, 1)
    one.executor.drain(SECONDS)
    assert workers(needs_gpu=False) == 0


class Submitted:
    """An executor that only remembers."""

    def __init__(self, *held: int) -> None:
        self.held, self.submitted = held, dict[int, bool]()

    def holds(self, submission_id: int) -> bool:
        return submission_id in self.held

    def submit(self, submission_id: int, *, student_id: int, gpu: bool = False, long: bool = False) -> None:
        self.submitted[submission_id] = gpu


def executor(*held: int) -> tuple[Executor, dict[int, bool]]:
    found = Submitted(*held)
    return found, found.submitted  # type: ignore[return-value]  # as much of one as these tests need


@pytest.fixture
def submission(run: Run, student: User) -> Submission:
    return factories.pushed(factories.repository(student, run))


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


def test_what_took_long_last_time_is_long_the_next_time(submission: Submission, other_student: User, run: Run) -> None:
    start_grading(submission=submission)
    report = factories.verdict("0.5").model_copy(update={"seconds": 40.0})
    store_report(submission=submission, report=report, grading_time=timedelta(seconds=40))
    sleeper = submission.repository.student_id
    for number in range(3):  # others are quick, so the assignment is
        quick = factories.pushed(factories.repository(factories.person(f"quick-{number}", "Быстрая", run=run), run))
        start_grading(submission=quick)
        store_report(submission=quick, report=factories.verdict("1"), grading_time=timedelta(seconds=1))
    assert long_ones([(1, sleeper, "activations"), (2, other_student.pk, "activations")]) == {1}
