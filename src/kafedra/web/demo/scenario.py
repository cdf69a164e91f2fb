"""Who pushes what, and when: the ways in which homework is really handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import cycle, islice

from kafedra.web.demo.people import Person


class Work(StrEnum):
    """What a student hands in."""

    RIGHT = "right"  # one of the assignment's solutions
    WRONG = "wrong"  # one of its mutants
    EMPTY = "empty"  # the notebook as it was given out
    NOT_JSON = "not json"  # a merge gone wrong
    RIGHT_BUT_TESTS_EDITED = "tests edited"


@dataclass(frozen=True, slots=True)
class Move:
    """One push, `before_deadline` (negative: after it). `mutant` chooses one by name."""

    work: Work
    before_deadline: timedelta
    mutant: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What one student does. Without moves the assignment is accepted and that is all, or not even that."""

    moves: tuple[Move, ...] = ()
    accepts: bool = True


def _days(days: float) -> timedelta:
    return timedelta(days=days)


_STORIES = (
    # The first push of the first student is the one that the demo shows.
    Story((Move(Work.WRONG, _days(-1.1), "sigmoid_overflow"), Move(Work.RIGHT, _days(-1.15)))),
    Story((Move(Work.RIGHT, _days(5.4)),)),
    Story((Move(Work.WRONG, _days(4.2)), Move(Work.WRONG, _days(4.1)), Move(Work.RIGHT, _days(1.3)))),
    Story((Move(Work.RIGHT, _days(-0.02)),)),
    Story((Move(Work.WRONG, _days(1.8)), Move(Work.RIGHT, _days(1.7)))),
    Story((Move(Work.RIGHT_BUT_TESTS_EDITED, _days(2.4)),)),
    Story((Move(Work.NOT_JSON, _days(0.4)), Move(Work.RIGHT, _days(0.3)))),
    Story((Move(Work.WRONG, _days(0.6)),)),
    Story((Move(Work.WRONG, _days(0.1)), Move(Work.RIGHT, _days(-1.4)))),
    Story(),
    Story((Move(Work.RIGHT, _days(3.6)),)),
    Story((Move(Work.EMPTY, _days(6.2)), Move(Work.WRONG, _days(0.9)), Move(Work.RIGHT, _days(0.7)))),
    Story((Move(Work.WRONG, _days(-0.3)), Move(Work.WRONG, _days(-2.2)))),
    Story((Move(Work.RIGHT, _days(0.05)),)),
    Story(accepts=False),
    Story((Move(Work.WRONG, _days(2.2)), Move(Work.RIGHT, _days(0.8)))),
    Story((Move(Work.RIGHT, _days(4.7)),)),
    Story((Move(Work.WRONG, _days(1.1)),)),
    Story((Move(Work.RIGHT, _days(-2.3)),)),
    Story((Move(Work.EMPTY, _days(0.2)),)),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A move of a student; `number` counts from 0 and chooses among solutions or mutants."""

    student: Person
    move: Move
    number: int


def stories(students: Sequence[Person]) -> dict[Person, Story]:
    """A story for each student; with more students than stories they repeat."""
    return dict(zip(students, islice(cycle(_STORIES), len(students)), strict=True))


def turns(told: dict[Person, Story]) -> Iterator[Turn]:
    """Every push of every student, in the order of time."""
    moves = [(student, move) for student, story in told.items() for move in story.moves]
    moves.sort(key=lambda pair: pair[1].before_deadline, reverse=True)
    for number, (student, move) in enumerate(moves):
        yield Turn(student, move, number)
