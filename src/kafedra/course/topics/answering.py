"""Whether an answer to a question is right, and what to say to whoever gave it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kafedra.course.text import Localized
from kafedra.course.topics.blitz import Mistake, Question

LONGEST_ANSWER = 200


@dataclass(frozen=True)
class Answered:
    """What an answer is worth. `share` is 1 for a right one, and for several choices the part that was decided right.

    `explanations` are those of what was chosen; `misconceptions` the slugs of what it shows.
    """

    correct: bool
    share: Decimal
    explanations: tuple[Localized, ...] = ()
    misconceptions: tuple[str, ...] = ()


def answered(question: Question, given: Sequence[str] | str) -> Answered:
    """Judge `given`: keys of options, an order as numbers of `items` from 0 ("2", "0", "1"), or what was typed.

    Anything can be given, also what is no answer: then it is wrong.
    """
    if question.options:
        return _chosen(question, given if not isinstance(given, str) else [given])
    if question.kind == "order":
        right = [str(number) for number in range(len(question.items))]
        return _plain(list(given) == right)
    typed = given if isinstance(given, str) else "".join(given[:1])
    typed = typed[:LONGEST_ANSWER]
    if question.kind == "numeric":
        return _numeric(question, typed)
    accepted = question.answers if question.kind == "text" else (question.output or "",)
    if _same_text(typed, accepted, question.kind):
        return _plain(True)
    return _mistaken(question, lambda one: _same_text(typed, one.answers, question.kind))


def number_of(text: str) -> Decimal | None:
    """A number as people type it: 0,25, 1e-5, −3, 1 000, 1/4, 25 %; None if it is none."""
    text = text.strip().replace("−", "-").replace(",", ".")
    text = re.sub(r"[\s\u00a0\u202f]", "", text).lower().replace("·10^", "e").replace("*10^", "e")
    scale = Decimal("0.01") if text.endswith("%") else Decimal(1)
    parts = text.rstrip("%").split("/")
    if len(parts) > 2 or not all(
        re.fullmatch(r"[+-]?(\d{1,30}\.?\d{0,30}|\.\d{1,30})(e[+-]?\d{1,3})?", part) for part in parts
    ):
        return None
    try:
        values = [Decimal(part) for part in parts]
        return (values[0] / values[1] if len(values) == 2 else values[0]) * scale
    except (InvalidOperation, ZeroDivisionError):
        return None


def _chosen(question: Question, keys: Sequence[str]) -> Answered:
    known = [option for option in question.options if option.key in keys]
    decided = sum((option.key in keys) == option.correct for option in question.options)
    correct = decided == len(question.options) and len(set(keys)) == len(known)
    several = question.kind == "multiple"
    share = Decimal(decided) / len(question.options) if several and known else Decimal(int(correct))
    return Answered(
        correct,
        share,
        tuple(option.explanation for option in known if option.explanation),
        tuple(option.misconception for option in known if option.misconception and not option.correct),
    )


def _numeric(question: Question, typed: str) -> Answered:
    value = number_of(typed)
    if value is None or question.answer is None:
        return _plain(False)
    if abs(value - question.answer) <= question.tolerance:
        return _plain(True)
    return _mistaken(question, lambda one: one.answer is not None and abs(value - one.answer) <= one.tolerance)


def _mistaken(question: Question, is_it: Callable[[Mistake], bool]) -> Answered:
    for mistake in question.mistakes:
        if is_it(mistake):
            named = (mistake.misconception,) if mistake.misconception else ()
            return Answered(False, Decimal(0), (mistake.explanation,), named)
    return _plain(False)


def _same_text(typed: str, accepted: Sequence[str], kind: str) -> bool:
    """Case and space don't matter in words; in what code prints only the space at the ends of lines doesn't."""
    if kind == "code":
        return _lines(typed) in [_lines(one) for one in accepted]
    return _words(typed) in [_words(one) for one in accepted]


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _words(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .,;:!?()«»\"'`")


def _plain(correct: bool) -> Answered:
    return Answered(correct, Decimal(int(correct)))
