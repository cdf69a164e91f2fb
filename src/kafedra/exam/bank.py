"""The bank: every question of `topics/*/exam.toml` and `exam/*.toml`, theory and practice alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from kafedra.course import Course
from kafedra.course.topics import ExamFile

Kind = Literal["theory", "practice"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer: what it earns, and how whoever marks sees that it is there."""

    points: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question or problem of the bank. `topic` is None for what belongs to the whole course.

    `text`, `answer` and the notes of the parts are Markdown with formulas.
    """

    slug: str
    kind: Kind
    topic: int | None
    idea: str
    difficulty: int
    text: str
    answer: str
    parts: tuple[Part, ...]

    @property
    def points(self) -> Decimal:
        """What a whole answer earns."""
        return sum((part.points for part in self.parts), Decimal(0))

    @property
    def shape(self) -> tuple[Kind, int | None, int, Decimal]:
        """What questions in the same place of different variants have in common."""
        return self.kind, self.topic, self.difficulty, self.points

    def as_data(self) -> dict[str, Any]:
        """As plain data, to keep what was asked when the bank has changed."""
        parts = [{"points": str(part.points), "note": part.note} for part in self.parts]
        return {
            "slug": self.slug, "kind": self.kind, "topic": self.topic, "idea": self.idea,
            "difficulty": self.difficulty, "text": self.text, "answer": self.answer, "parts": parts,
        }  # fmt: skip

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Question:
        """The question that `as_data` wrote down."""
        parts = tuple(Part(Decimal(part["points"]), part["note"]) for part in data["parts"])
        return cls(**{**data, "parts": parts})


def bank_of(course: Course) -> dict[str, Question]:
    """Every question of the course by its slug: topic by topic, then those of the whole course."""
    found: list[Question] = []
    for number in sorted(course.materials):
        found += _questions(course.materials[number].exam, number)
    for file in course.exam:
        found += _questions(file, None)
    return {question.slug: question for question in found}


def _questions(file: ExamFile, topic: int | None) -> Iterable[Question]:
    for one in file.theory:
        parts = tuple(Part(part.points, part.note) for part in one.marks)
        yield Question(one.slug, "theory", topic, one.idea, one.difficulty, one.question, one.answer, parts)
    for other in file.practice:
        parts = tuple(Part(part.points, part.note) for part in other.marks)
        yield Question(
            other.slug, "practice", topic, other.idea, other.difficulty, other.statement, other.solution, parts
        )
