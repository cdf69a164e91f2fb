"""A case as a page shows it: fragments side by side, whole texts with marked and cited lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kafedra.web.integrity.models import Case, Fragment, Side
from kafedra.web.integrity.names import without_names


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a kept text."""

    number: int
    text: str
    marked: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of one side; `side` is None for that of another student, whose name is hidden."""

    side: Side | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What staff marked, each side's lines."""

    fragment: Fragment
    note: str
    parts: tuple[Part, ...]


def beside(case: Case, own: Side | None = None) -> list[Beside]:
    """Every fragment; for a student (`own`) theirs first, the other's without a name."""
    sides = sorted(case.both, key=lambda side: side is not own) if own else case.both
    hidden = [side.student for side in case.both if side is not own] if own else []
    return [
        Beside(one, without_names(one.note, hidden), tuple(_parts(one, sides, own))) for one in case.fragments.all()
    ]


def _parts(fragment: Fragment, sides: Sequence[Side], own: Side | None) -> Iterator[Part]:
    for side in sides:
        lines = fragment.lines_of(side.place)
        if lines is None:
            continue
        shown = whole(side)[lines[0] - 1 : lines[1]]
        if own is None or side is own:
            yield Part(side, shown)
        else:
            yield Part(None, tuple(Line(one.number, without_names(one.text, [side.student])) for one in shown))


def whole(side: Side) -> tuple[Line, ...]:
    """The whole text of a side."""
    marked = [one.lines_of(side.place) for one in side.case.fragments.all()]
    in_marks = {number for one in marked if one for number in range(one[0], one[1] + 1)}
    in_citations = {number for one in side.cited for number in range(one["first"], one["last"] + 1)}
    return tuple(
        Line(number, text, number in in_marks, number in in_citations) for number, text in enumerate(side.lines, 1)
    )
