"""The questions of a blitz: kept with it as they were asked, and shown in an order that gives nothing away."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from kafedra.course import Localized
from kafedra.course.topics import BlitzFile, Question

T = TypeVar("T")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def kept(questions: Sequence[Question]) -> str:
    """The questions as JSON; `restored` makes them again."""
    return json.dumps([one.model_dump() for one in questions], default=float, ensure_ascii=False)


@lru_cache(maxsize=64)
def restored(text: str) -> tuple[Question, ...]:
    """What `kept` kept: later changes of the course's files don't reach a blitz that was played."""
    return BlitzFile.model_validate({"questions": json.loads(text, parse_float=Decimal)}).questions


def item_key(item: Localized) -> str:
    """Names an item of an order in forms: its number would tell where it belongs."""
    return hashlib.sha256(item.ru.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option or an item as it stands on the screen."""

    key: str
    letter: str
    text: Localized


def choices(question: Question, seed: str) -> tuple[Choice, ...]:
    """What there is to choose from or to put in order, shuffled by `seed`: the same on every screen of a blitz."""
    if question.options:
        named = [(option.key, option.text) for option in question.options]
    else:
        named = [(item_key(item), item) for item in question.items]
    mixed = _mixed(named, f"{seed}:{question.slug}")
    if not question.options and mixed == named:  # an order that is already right asks nothing
        mixed = mixed[1:] + mixed[:1]
    return tuple(Choice(key, letter, text) for letter, (key, text) in zip(LETTERS, mixed, strict=False))


def _mixed(values: Sequence[T], seed: str) -> list[T]:
    return random.Random(seed).sample(values, len(values))  # noqa: S311  # nothing hangs on it


def given_by(question: Question, keys: Sequence[str]) -> list[str]:
    """What `course.topics.answered` judges: items of an order become their numbers, the rest stays."""
    if question.kind != "order":
        return list(keys)
    numbers = {item_key(item): str(number) for number, item in enumerate(question.items)}
    return [numbers.get(key, "?") for key in keys]
