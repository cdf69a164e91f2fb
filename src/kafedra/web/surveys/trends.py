"""How one scale went over the topics: a line through its means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafedra.course.topics import Scale
from kafedra.web.surveys.selectors import Distribution, Result

STEP, TALL, EDGE = 56, 64, 12  # of the drawing: from topic to topic, from the lowest place to the highest, around


@dataclass(frozen=True, slots=True)
class Point:
    """One topic: where it is drawn, and what it says."""

    x: int
    y: int
    topic: int
    one: Distribution


@dataclass(frozen=True, slots=True)
class Trend:
    """One scale over the topics that have an answer to it, at least two."""

    scale: Scale
    points: Sequence[Point]

    @property
    def line(self) -> str:
        """As `points` of a polyline wants it."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def width(self) -> int:
        """Of the drawing."""
        return 2 * EDGE + (len(self.points) - 1) * STEP + 2 * EDGE

    @property
    def height(self) -> int:
        """Of the drawing, with the numbers of topics below."""
        return TALL + 3 * EDGE


def trends(results: Sequence[Result]) -> list[Trend]:
    """Those of every scale that was answered about two topics or more."""
    by_scale: dict[str, list[tuple[int, Distribution]]] = {}
    for result in results:
        for one in result.distributions:
            if one.total:
                by_scale.setdefault(one.scale.slug, []).append((result.topic.number, one))
    return [_trend(rows) for rows in by_scale.values() if len(rows) > 1]


def _trend(rows: Sequence[tuple[int, Distribution]]) -> Trend:
    points = [Point(2 * EDGE + at * STEP, _height(one), topic, one) for at, (topic, one) in enumerate(rows)]
    return Trend(rows[-1][1].scale, points)


def _height(one: Distribution) -> int:
    share = ((one.mean or 1) - 1) / (one.scale.points - 1)
    return round(EDGE + TALL * (1 - share))
