"""A paper drawn from the bank by the run's rule: the same seed and the same bank give the same paper.

All variants have one structure. What stands in one place of different variants is of one kind, one topic, one
difficulty and worth the same, so that nobody's paper is easier; no question and no idea comes twice.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kafedra.course.exam_rule import ExamRule, ExamSlot
from kafedra.exam.bank import Question

_ATTEMPTS: Final = 100


class DraftError(ValueError):
    """The bank has not what the rule asks for, or a paper is not one that can be set; the message says what to do."""


@dataclass(frozen=True)
class Paper:
    """What is asked: a row for each place of the paper, and in it a question for each variant."""

    rows: tuple[tuple[Question, ...], ...]

    @property
    def variants(self) -> int:
        """How many variants there are."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def points(self) -> Decimal:
        """What a whole paper earns; the same for every variant."""
        return sum((row[0].points for row in self.rows), Decimal(0))

    def variant(self, number: int) -> tuple[Question, ...]:
        """The questions of one variant, counted from 0."""
        return tuple(row[number] for row in self.rows)

    def problems(self) -> Iterator[str]:
        """What is wrong with a paper that people have changed: places that differ, questions and ideas that repeat."""
        seen: dict[str, str] = {}
        for place, row in enumerate(self.rows, 1):
            if len(row) != self.variants:
                yield f"question {place} has {len(row)} variants, question 1 has {self.variants}"
            for one in row[1:]:
                if one.shape != row[0].shape:
                    yield f"question {place}: {one.slug} is {_shape(one)}, {row[0].slug} is {_shape(row[0])}"
            for one in row:
                for name in (one.slug, _idea(one)):
                    if name in seen:
                        yield f"question {place}: {one.slug} asks what {seen[name]} asks already"
                seen |= {one.slug: one.slug, _idea(one): one.slug}

    def with_question(self, place: int, variant: int, question: Question) -> Paper:
        """The same paper with another question in one place. Raises DraftError if it doesn't fit there."""
        row = list(self.rows[place])
        row[variant] = question
        changed = replace(self, rows=(*self.rows[:place], tuple(row), *self.rows[place + 1 :]))
        if (problem := next(changed.problems(), None)) and problem not in set(self.problems()):
            raise DraftError(problem)
        return changed

    def alternatives(self, place: int, variant: int, bank: Mapping[str, Question]) -> list[Question]:
        """What could stand in this place of this variant instead."""
        now = self.rows[place][variant]
        others = [one for row in self.rows for one in row if one is not now]
        taken = {one.slug for one in others} | {_idea(one) for one in others}
        free = (one for one in bank.values() if one.slug not in taken and _idea(one) not in taken)
        return [one for one in free if one.slug != now.slug and (self.variants == 1 or one.shape == now.shape)]


def draft(bank: Mapping[str, Question], rule: ExamRule, *, seed: int) -> Paper:
    """A paper by `rule`. Raises DraftError if the bank has too little for it."""
    chance, trouble = random.Random(seed), ""  # noqa: S311  # it has to be repeatable, not secret
    places = [place for slot in rule.slots for place in _places(slot, bank)]
    for _ in range(_ATTEMPTS):
        try:
            return Paper(_drawn(places, rule.variants, chance))
        except DraftError as error:
            trouble = str(error)
    raise DraftError(trouble)


def _places(slot: ExamSlot, bank: Mapping[str, Question]) -> Iterator[tuple[ExamSlot, list[Question]]]:
    """What may stand in each place that the slot makes."""
    fitting = [one for one in bank.values() if one.kind == slot.kind and one.difficulty in slot.difficulty]
    topics = slot.topics or tuple(dict.fromkeys(one.topic for one in fitting if one.topic is not None))
    if slot.each is None:
        allowed = [one for one in fitting if not slot.topics or one.topic in slot.topics]
        for _ in range(slot.count or 0):
            yield slot, allowed
        return
    for topic in topics:
        for _ in range(slot.each):
            yield slot, [one for one in fitting if one.topic == topic]


def _drawn(
    places: Sequence[tuple[ExamSlot, list[Question]]], variants: int, chance: random.Random
) -> tuple[tuple[Question, ...], ...]:
    """The narrowest places are filled first; the paper keeps the order of the rule."""
    rows, taken = dict[int, tuple[Question, ...]](), set[str]()
    for place in sorted(range(len(places)), key=lambda one: len(places[one][1])):
        slot, allowed = places[place]
        row = _row(allowed, variants, taken, chance)
        if not row:
            raise DraftError(_lacking(slot, allowed, variants))
        taken |= {name for one in row for name in (one.slug, _idea(one))}
        rows[place] = row
    return tuple(rows[place] for place in sorted(rows))


def _row(allowed: Sequence[Question], variants: int, taken: set[str], chance: random.Random) -> tuple[Question, ...]:
    shapes = defaultdict[object, dict[str, Question]](dict)  # of each idea one
    free = [one for one in allowed if one.slug not in taken and _idea(one) not in taken]
    for one in chance.sample(free, len(free)):
        shapes[one.shape][_idea(one)] = one
    enough = [list(found.values()) for found in shapes.values() if len(found) >= variants]
    if not enough:
        return ()
    chosen = chance.choices(enough, weights=[len(one) for one in enough])[0]
    return tuple(chosen[:variants])


def _lacking(slot: ExamSlot, allowed: Sequence[Question], variants: int) -> str:
    of = f"topics {', '.join(map(str, slot.topics))}" if slot.topics else "the course"
    have = defaultdict[str, int](int)
    for one in allowed:
        have[_shape(one)] += 1
    listed = "; ".join(f"{count} × {shape}" for shape, count in sorted(have.items())) or "nothing"
    return (
        f"too few questions for {slot.kind} of {of}, difficulty {', '.join(map(str, slot.difficulty))}: each place "
        f"takes {variants} of one topic, difficulty and worth, one for each variant. The bank has: {listed}. "
        "Ask for fewer, allow more topics or difficulties, take fewer variants, or write more questions"
    )


def _shape(question: Question) -> str:
    topic = "of the course" if question.topic is None else f"of topic {question.topic}"
    return f"{question.kind} {topic}, difficulty {question.difficulty}, {question.points:f} points"


def _idea(question: Question) -> str:
    return f"idea: {' '.join(question.idea.casefold().split())}"
