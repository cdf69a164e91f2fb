"""Whose submission is graded next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafedra.web.executor import FairQueue


def taken(queue: FairQueue) -> list[tuple[int, int]]:
    return [queue.take() for _ in range(len(queue))]


def queue_of(*pushes: tuple[int, int]) -> FairQueue:
    queue = FairQueue()
    for student, submission in pushes:
        queue.put(student, submission)
    return queue


def test_twenty_pushes_of_one_do_not_hold_up_the_first_of_another() -> None:
    queue = queue_of(*((1, number) for number in range(20)), (2, 100))
    assert [student for student, _ in taken(queue)][:2] == [1, 2]


def test_the_newest_push_of_a_student_goes_first_and_the_others_are_not_forgotten() -> None:
    assert taken(queue_of((1, 10), (1, 11), (1, 12))) == [(1, 12), (1, 11), (1, 10)]


def test_students_take_turns_in_the_order_in_which_they_came() -> None:
    queue = queue_of((3, 30), (1, 10), (2, 20), (1, 11), (3, 31))
    assert [student for student, _ in taken(queue)] == [3, 1, 2, 3, 1]


def test_whoever_was_served_and_pushes_again_goes_behind_those_who_wait() -> None:
    queue = queue_of((1, 10), (2, 20), (3, 30))
    assert queue.take() == (1, 10)
    queue.put(1, 11)
    assert taken(queue) == [(2, 20), (3, 30), (1, 11)]


def test_nobody_waits() -> None:
    queue = FairQueue()
    assert len(queue) == 0
    with pytest.raises(LookupError):
        queue.take()


pushes = st.lists(st.integers(0, 4), max_size=25).map(
    lambda students: list(zip(students, range(100, 200), strict=False))
)


@given(pushes)
def test_everything_is_taken_once(pushed: list[tuple[int, int]]) -> None:
    queue = queue_of(*pushed)
    assert all(submission in queue for _, submission in pushed)
    assert sorted(taken(queue)) == sorted(pushed)


@given(pushes)
def test_the_number_ahead_is_what_really_comes_before(pushed: list[tuple[int, int]]) -> None:
    queue = queue_of(*pushed)
    promised = {submission: queue.ahead_of(submission) for _, submission in pushed}
    order = [submission for _, submission in taken(queue)]
    assert promised == {submission: place for place, submission in enumerate(order)}
