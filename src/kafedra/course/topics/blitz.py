"""`blitz.toml`: questions of six kinds, each possible answer explained.

A wrong answer that people really give is worth naming: an option (or a `mistake`, where the answer is typed) says
which misconception leads to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from kafedra.course.fields import FileModel, Many, Number, Seconds, Slug, Words
from kafedra.course.lines import KeyPath
from kafedra.course.problems import Problem
from kafedra.course.source import Source
from kafedra.course.text import Localized

QuestionKind = Literal["single", "multiple", "numeric", "text", "order", "code"]

# What each kind has beyond text, explanation and seconds: needed, and allowed.
_NEEDED = {
    "single": {"options"}, "multiple": {"options"}, "numeric": {"answer"}, "text": {"answers"},
    "order": {"items"}, "code": {"code", "output"},
}  # fmt: skip
_ALLOWED = {
    "single": set(), "multiple": set(), "numeric": {"tolerance", "mistakes"}, "text": {"mistakes"},
    "order": set(), "code": {"options", "mistakes"},
}  # fmt: skip
_OWN = ("options", "answer", "tolerance", "answers", "items", "code", "output", "mistakes")


class Option(FileModel):
    """`[[questions.options]]`: an answer to choose."""

    text: Localized = Field(description="the answer")
    correct: bool = False
    explanation: Localized | None = None
    misconception: Slug | None = None

    @property
    def key(self) -> str:
        """Names the option in stored answers: the same wherever the author moves it."""
        return hashlib.sha256(self.text.ru.encode()).hexdigest()[:8]


class Mistake(FileModel):
    """`[[questions.mistakes]]`: a wrong answer that people type, and what they thought."""

    answer: Number | None = None
    answers: Many[Words] = ()
    tolerance: Number = Decimal(0)
    explanation: Localized = Field(description="what is wrong about it")
    misconception: Slug | None = None


class Question(FileModel):
    """`[[questions]]`. Texts are Markdown with formulas, code and pictures of the topic's folder."""

    slug: Slug = Field(description="the question's name, different from the others'")
    kind: QuestionKind = Field(description="'single', 'multiple', 'numeric', 'text', 'order' or 'code'")
    text: Localized = Field(description="what is asked")
    explanation: Localized = Field(description="why the right answer is right, shown after it")
    seconds: Seconds = 60.0
    options: Many[Option] = ()
    answer: Number | None = None
    tolerance: Number = Decimal(0)
    answers: Many[Words] = ()
    items: Many[Localized] = ()
    code: str | None = None
    output: str | None = None
    mistakes: Many[Mistake] = ()

    def option(self, key: str) -> Option:
        """The option with this key. Raises KeyError."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(f"question {self.slug} has no option {key!r}")


class BlitzFile(FileModel):
    """The keys of `blitz.toml`."""

    questions: Many[Question] = Field(min_length=1, description="a [[questions]] table for each question")

    def question(self, slug: str) -> Question:
        """The question of this name. Raises KeyError."""
        for question in self.questions:
            if question.slug == slug:
                return question
        raise KeyError(f"no question {slug!r}")


def blitz_problems(source: Source, file: BlitzFile, misconceptions: frozenset[str] | None) -> Iterator[Problem]:
    """What one key can't know: what the kind needs, that everything is explained, that names are known.

    `misconceptions` are those of topic.toml, None if that can't be read.
    """
    for index, question in enumerate(file.questions):
        key: KeyPath = ("questions", index)
        yield from _of_its_kind(source, key, question)
        yield from _options(source, key, question)
        yield from _mistakes(source, key, question)
        named = [(("options", place), one.misconception) for place, one in enumerate(question.options)]
        named += [(("mistakes", place), one.misconception) for place, one in enumerate(question.mistakes)]
        for place, slug in named:
            if slug is not None and misconceptions is not None and slug not in misconceptions:
                message = f"must be the slug of one of the [[misconceptions]] in topic.toml: {_listed(misconceptions)}"
                yield source.problem((*key, *place, "misconception"), slug, message)


def _of_its_kind(source: Source, key: KeyPath, question: Question) -> Iterator[Problem]:
    given = question.model_fields_set & set(_OWN)
    for name in sorted(_NEEDED[question.kind] - given):
        yield source.problem((*key, name), None, f"is required: a question of kind '{question.kind}' has it")
    for name in sorted(given - _NEEDED[question.kind] - _ALLOWED[question.kind]):
        yield source.problem((*key, name), None, f"doesn't belong to a question of kind '{question.kind}'")
    if question.kind == "order" and 0 < len(question.items) < 3:
        yield source.problem((*key, "items"), None, "must be at least three, in their right order")


def _options(source: Source, key: KeyPath, question: Question) -> Iterator[Problem]:
    options = question.options
    if not options:
        return
    right = sum(option.correct for option in options)
    if len(options) < 2:
        yield source.problem((*key, "options"), None, "must be at least two")
    if question.kind in ("single", "code") and right != 1:
        yield source.problem((*key, "options"), None, f"one option must be correct = true, here {right} are")
    if question.kind == "multiple" and not right:
        yield source.problem((*key, "options"), None, "at least one option must be correct = true")
    if len({option.key for option in options}) < len(options):
        yield source.problem((*key, "options"), None, "two options have the same text")
    for place, option in enumerate(options):
        yield from _option(source, (*key, "options", place), question, option)


def _option(source: Source, key: KeyPath, question: Question, option: Option) -> Iterator[Problem]:
    if option.explanation is None:
        message = "is required: whoever chooses this option learns why it is right or wrong"
        yield source.problem((*key, "explanation"), None, message)
    printed = question.output.strip() if question.kind == "code" and question.output is not None else None
    if option.correct and printed is not None and option.text.ru.strip() != printed:
        message = f"the correct option must be what the code prints, '{printed}'"
        yield source.problem((*key, "text"), option.text.ru, message)


def _mistakes(source: Source, key: KeyPath, question: Question) -> Iterator[Problem]:
    wanted = "answer" if question.kind == "numeric" else "answers"
    for place, mistake in enumerate(question.mistakes):
        if question.kind in ("numeric", "text", "code") and not (
            mistake.answer is not None if wanted == "answer" else mistake.answers
        ):
            yield source.problem((*key, "mistakes", place, wanted), None, "is required: what people answer")


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "there are none"
