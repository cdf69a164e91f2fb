"""The tests of a report, one line each, and under a failed one what is wrong and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kafedra.grading.messages import Language
from kafedra.grading.report import Outcome, TestReport
from kafedra.grading.terminal.layout import between, paragraph

_MARKS: Final = {Outcome.PASSED: "✓", Outcome.FORBIDDEN: "⊘", Outcome.MISSING: "?", Outcome.TIMEOUT: "⧗"}
_WORDS: Final[dict[Outcome, dict[Language, str]]] = {
    Outcome.ERROR: {"ru": "исключение", "en": "exception"},
    Outcome.TIMEOUT: {"ru": "время вышло", "en": "time-out"},
    Outcome.MEMORY: {"ru": "не хватило памяти", "en": "out of memory"},
    Outcome.CRASHED: {"ru": "процесс упал", "en": "crashed"},
    Outcome.FORBIDDEN: {"ru": "запрещённый приём", "en": "forbidden"},
    Outcome.MISSING: {"ru": "нет кода", "en": "no code"},
}
_OF: Final[dict[Language, str]] = {"ru": "{points} из {most}", "en": "{points} of {most}"}
_HINT: Final[dict[Language, str]] = {"ru": "Подсказка: {hint}", "en": "Hint: {hint}"}
_INDENT: Final = 6
_MESSAGE_LINES: Final = 9
_TRACEBACK_LINES: Final = 8


def test_lines(tests: Sequence[TestReport], language: Language) -> Iterator[str]:
    """Lines at most 72 columns wide. Words that many tests share are said once."""
    said: set[str] = set()
    for test in tests:
        word = _WORDS.get(test.outcome, {}).get(language, "")
        points = points_text(test.points, test.max_points, language)
        # the title gives way where there is no room for all: what became of the test is said in full
        yield between(f"  {_MARKS.get(test.outcome, '✗')} {test.title}", f"{word}   {points}" if word else points)
        if test.outcome is not Outcome.PASSED:
            yield from _explanation(test, language, said)


def points_text(points: Decimal, most: Decimal, language: Language) -> str:
    """``0,35 из 0,5``: as many decimals as there are, in the language's own way."""
    return _OF[language].format(points=_number(points, language), most=_number(most, language))


def _number(value: Decimal, language: Language) -> str:
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language == "ru" else text


def _explanation(test: TestReport, language: Language, said: set[str]) -> Iterator[str]:
    wanted = test.hint and test.outcome is not Outcome.MISSING  # first something has to be there
    hint = _HINT[language].format(hint=test.hint) if wanted else ""
    traceback = "\n".join(f" {line}" for line in test.traceback.strip("\n").split("\n")[-_TRACEBACK_LINES:])
    for text, most, hanging in ((test.message, _MESSAGE_LINES, 0), (traceback, None, 0), (hint, 6, 2)):
        if text.strip() and text not in said:
            said.add(text)
            yield from paragraph(text, indent=_INDENT, most=most, hanging=hanging)
