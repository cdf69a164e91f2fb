"""Who pushes what, and when: the ways in which homework is really handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import cycle

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
    """What one student does about one assignment. Without moves it is accepted and that is all, or not even that."""

    moves: tuple[Move, ...] = ()
    accepts: bool = True


def _days(days: float) -> timedelta:
    return timedelta(days=days)


_ACTIVATIONS = (
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

_WEIGHT_INIT = (
    Story((Move(Work.WRONG, _days(2.1)), Move(Work.RIGHT, _days(0.2)))),
    Story((Move(Work.RIGHT, _days(4.9)),)),
    Story((Move(Work.WRONG, _days(0.8)),)),
    Story(),
    Story((Move(Work.RIGHT, _days(1.2)),)),
    Story((Move(Work.WRONG, _days(1.5)), Move(Work.WRONG, _days(0.3)))),
    Story((Move(Work.RIGHT, _days(-0.4)),)),
    Story((Move(Work.RIGHT, _days(3.1)),)),
    Story((Move(Work.WRONG, _days(-1.6)),)),
    Story(accepts=False),
    Story((Move(Work.RIGHT, _days(2.7)),)),
    Story((Move(Work.RIGHT, _days(0.6)),)),
    Story((Move(Work.EMPTY, _days(-0.1)),)),
    Story((Move(Work.WRONG, _days(1.9)), Move(Work.RIGHT, _days(-0.6)))),
    Story(accepts=False),
    Story((Move(Work.RIGHT, _days(0.9)),)),
    Story((Move(Work.WRONG, _days(3.4)),)),
    Story(),
    Story((Move(Work.RIGHT, _days(-2.4)),)),
    Story(accepts=False),
)

# Both assignments of the first homework: they have the same deadline.
STORIES: Mapping[str, Sequence[Story]] = {"activations": _ACTIVATIONS, "weight-init": _WEIGHT_INIT}

# What each student does about each assignment, by its slug.
Told = Mapping[Person, Mapping[str, Story]]


@dataclass(frozen=True, slots=True)
class Turn:
    """A move of a student; `number` counts from 0 and chooses among solutions or mutants."""

    student: Person
    assignment: str
    move: Move
    number: int


def stories(students: Sequence[Person]) -> Told:
    """The stories of each student; with more students than stories they repeat."""
    told: dict[Person, dict[str, Story]] = {student: {} for student in students}
    for assignment, written in STORIES.items():
        for student, story in zip(students, cycle(written), strict=False):
            told[student][assignment] = story
    return told


def turns(told: Told) -> Iterator[Turn]:
    """Every push of every student, in the order of time."""
    moves = [
        (student, assignment, move)
        for student, own in told.items()
        for assignment, story in own.items()
        for move in story.moves
    ]
    moves.sort(key=lambda entry: entry[2].before_deadline, reverse=True)
    for number, (student, assignment, move) in enumerate(moves):
        yield Turn(student, assignment, move, number)
