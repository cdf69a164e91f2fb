"""How the answers to one question are distributed, and what the distribution advises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from kafedra.course import Localized
from kafedra.course.topics import Mistake, Question, answered
from kafedra.web.blitz.asked import choices, given_by, item_key
from kafedra.web.frame.language import spoken

TYPED_SHOWN = 6  # different typed answers
ENOUGH = 2  # so many gave it: one person alone writes nothing onto the wall


class Advice(Enum):
    """What a first vote advises: explain again, let neighbours discuss, go on."""

    EXPLAIN = "explain"
    DISCUSS = "discuss"
    GO_ON = "go on"


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer and how many gave it. `text` is the course's, `typed` a stranger's; neither: all others."""

    key: str
    count: int
    correct: bool
    letter: str = ""
    text: Localized | None = None
    typed: str = ""
    explanation: Localized | None = None
    misconception: str | None = None
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tally:
    """One vote on one question. `right` of `answers` were right."""

    answers: int
    right: int
    bars: tuple[Bar, ...] = field(default=())

    @property
    def share(self) -> float:
        return self.right / self.answers if self.answers else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def advice(self) -> Advice | None:
        """Between 30 and 70 per cent right is where a discussion teaches most (Crouch and Mazur, 2001)."""
        if not self.answers:
            return None
        return Advice.EXPLAIN if self.share < 0.3 else Advice.GO_ON if self.share > 0.7 else Advice.DISCUSS


def tally(question: Question, seed: str, given: Iterable[tuple[int, Sequence[str]]]) -> Tally:
    """Count answers, each with the id of who gave it."""
    rows = list(given)
    right = {who for who, keys in rows if answered(question, given_by(question, keys)).correct}
    bars = _chosen if question.options else _ordered if question.kind == "order" else _typed
    return Tally(len(rows), len(right), bars(question, seed, rows, right))


Rows = Sequence[tuple[int, Sequence[str]]]


def _chosen(question: Question, seed: str, rows: Rows, _right: set[int]) -> tuple[Bar, ...]:
    found = []
    for choice in choices(question, seed):
        option, who = question.option(choice.key), tuple(one for one, keys in rows if choice.key in keys)
        found.append(
            Bar(choice.key, len(who), option.correct, choice.letter, option.text, "", option.explanation,
                option.misconception, who)
        )  # fmt: skip
    return tuple(found)


def _ordered(question: Question, seed: str, rows: Rows, right: set[int]) -> tuple[Bar, ...]:
    letters = {choice.key: choice.letter for choice in choices(question, seed)}
    words = [(who, "".join(letters.get(key, "?") for key in keys)) for who, keys in rows]
    return _grouped(words, right, _right_order(question, seed), ordered=True)


def _right_order(question: Question, seed: str) -> Bar:
    letters = {choice.key: choice.letter for choice in choices(question, seed)}
    return Bar("right", 0, True, typed=" → ".join(letters[item_key(item)] for item in question.items))


def _typed(question: Question, _seed: str, rows: Rows, right: set[int]) -> tuple[Bar, ...]:
    words = [(who, " ".join(" ".join(keys).split())[:60]) for who, keys in rows]
    known = list[Bar]()
    for number, mistake in enumerate(question.mistakes):
        who = tuple(one for one, keys in rows if one not in right and _is(question, keys, mistake))
        label = _accepted(mistake)
        known.append(
            Bar(f"m{number}", len(who), False, "", None, label, mistake.explanation, mistake.misconception, who)
        )
    taken = {one for bar in known for one in bar.who}
    rest = [(who, word) for who, word in words if who not in taken]
    first, *others = _grouped(rest, right, Bar("right", 0, True, typed=right_answer(question)))
    return (first, *known, *others)


def _is(question: Question, keys: Sequence[str], mistake: Mistake) -> bool:
    return answered(question, keys).explanations == (mistake.explanation,)


def _accepted(mistake: Mistake) -> str:
    return _number(mistake.answer) if mistake.answer is not None else (mistake.answers or ("",))[0]


def _number(value: Decimal) -> str:
    """As one writes it in the visitor's language: −0,5."""
    plain = format(value.normalize(), "f").replace("-", "\N{MINUS SIGN}")
    return plain.replace(".", ",") if spoken() == "ru" else plain


def right_answer(question: Question) -> str:
    """The right answer where it is typed."""
    if question.kind == "numeric" and question.answer is not None:
        return _number(question.answer)
    if question.kind == "text":
        return question.answers[0]
    return (question.output or "").strip()


def _grouped(
    words: Sequence[tuple[int, str]], right: set[int], first: Bar, *, ordered: bool = False
) -> tuple[Bar, ...]:
    """The right answer first, then what at least two gave, then the rest together."""
    who_right = tuple(who for who, _word in words if who in right)
    wrong = [(who, word) for who, word in words if who not in right]
    counts = Counter(word for _who, word in wrong)
    common = [word for word, count in counts.most_common(TYPED_SHOWN) if count >= ENOUGH]
    bars = [replace(first, count=len(who_right), who=who_right)]
    for number, word in enumerate(common):
        who = tuple(one for one, other in wrong if other == word)
        shown = " → ".join(word) if ordered else word
        bars.append(Bar(f"w{number}", len(who), False, typed=shown, who=who))
    rest = tuple(who for who, word in wrong if word not in common)
    if rest:
        bars.append(Bar("others", len(rest), False, who=rest))
    return tuple(bars)
