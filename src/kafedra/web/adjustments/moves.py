"""What an extension does to deadlines: whose moves, from when to when, and who has a later one already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kafedra.course import AssignedWork, Homework
from kafedra.web.adjustments.models import Extension
from kafedra.web.people.models import User
from kafedra.web.standings.facts import Facts
from kafedra.web.standings.values import Later


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """These people's deadline of one assignment; `before` equals `after` for those who have a later one already."""

    before: datetime | None
    after: datetime | None
    people: tuple[User, ...]

    @property
    def nothing(self) -> bool:
        """True when nothing moves."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Moves:
    """What happens to the deadlines of one assignment, the largest crowd first."""

    work: AssignedWork
    moves: tuple[DeadlineMove, ...]

    @property
    def people(self) -> set[int]:
        """The ids of those whose deadline moves."""
        return {one.pk for move in self.moves if not move.nothing for one in move.people}


def moves(
    works: Iterable[tuple[Homework, AssignedWork]], people: Sequence[User], before: Facts, after: Facts
) -> list[Moves]:
    """For each assignment everybody's deadline under both."""
    found = []
    for homework, work in works:
        crowds: dict[tuple[datetime | None, datetime | None], list[User]] = defaultdict(list)
        for one in people:
            key = (one.pk, work.slug)
            crowds[before.deadline(key, homework.deadline), after.deadline(key, homework.deadline)].append(one)
        largest_first = sorted(crowds.items(), key=lambda crowd: -len(crowd[1]))
        found.append(Moves(work, tuple(DeadlineMove(*moments, tuple(crowd)) for moments, crowd in largest_first)))
    return found


def covered(extensions: Iterable[Extension], of_course: Mapping[str, datetime | None]) -> set[int]:
    """The ids of those extensions that are not undone and still do nothing, since another gives more time."""
    latest: dict[tuple[int, str], tuple[datetime, int]] = {}
    standing = [one for one in extensions if one.undone_at is None]
    for one in standing:
        until = Later(one.deadline, one.days).of(of_course.get(one.assignment))
        key = (one.student_id, one.assignment)
        if until is not None and (key not in latest or until > latest[key][0]):
            latest[key] = (until, one.pk)
    counting = {pk for _until, pk in latest.values()}
    return {one.pk for one in standing if one.pk not in counting}
