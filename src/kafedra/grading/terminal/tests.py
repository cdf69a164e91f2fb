"""The tests of a report, one line each, and under a failed one what is wrong and where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from kafedra.course import Language
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
_PASSED: Final[dict[Language, tuple[str, ...]]] = {
    "ru": ("{n} тест пройден", "{n} теста пройдены", "{n} тестов пройдено"),
    "en": ("{n} test passed", "{n} tests passed"),
}
_ALIKE: Final[dict[Language, tuple[str, ...]]] = {
    "ru": (
        "и ещё {n} тест по той же причине",
        "и ещё {n} теста по той же причине",
        "и ещё {n} тестов по той же причине",
    ),
    "en": ("and {n} more test for the same reason", "and {n} more tests for the same reason"),
}
_REST: Final[dict[Language, str]] = {
    "ru": "У остальных причина не показана. Всё целиком: {whole}",
    "en": "The others are not explained here. Everything: {whole}",
}
_NAME: Final = re.compile(r"[\w./-]+:|[\w]+(, \w+)*:")  # of a file or a definition: it is as it is
_MANY: Final = 3
_SCREEN: Final = 24  # lines; when so many are there, no further test is explained
_QUICK: Final = 1.0  # seconds; what takes longer trains something
_INDENT: Final = 6
_MESSAGE_LINES: Final = 9
_TRACEBACK_LINES: Final = 8


def lines_of_tests(tests: Sequence[TestReport], language: Language, *, whole: str | None = None) -> Iterator[str]:
    """Lines at most 72 columns wide. A cause that several tests share is said once, with what they cost together.

    Where many tests fail, those that passed are one line: there is enough to read. ``whole`` says where everything can
    be read: then no more than fits on a screen is explained, what trains something last, and all other tests are named.
    Without it, everything is explained.
    """
    passed = [test for test in tests if test.outcome is Outcome.PASSED]
    if len(passed) > 1 and len(tests) - len(passed) > _MANY:
        tests = [test for test in tests if test.outcome is not Outcome.PASSED]
        yield _together(passed, language)
    groups = _by_cause(tests, apart=whole is None)
    explained = set(range(len(groups))) if whole is None else _that_fit(groups, language)
    said: set[str] = set()
    unexplained = False
    for number, alike in enumerate(groups):
        test = alike[0]
        yield _line(test, language)
        if test.outcome is not Outcome.PASSED and number in explained:
            yield from _explanation(test, language, said)
        elif test.outcome is not Outcome.PASSED:
            unexplained = unexplained or any(_explanation(test, language, set(said)))
        if len(alike) > 1:
            yield _of_the_same_cause(alike[1:], language)
    if unexplained:
        yield from paragraph(_REST[language].format(whole=whole), indent=2)


def _that_fit(groups: Sequence[Sequence[TestReport]], language: Language) -> set[int]:
    """Which groups are explained on one screen: the quick ones first, as a training that fails is a consequence."""
    said: set[str] = set()
    chosen: set[int] = set()
    lines = 0
    for number in sorted(range(len(groups)), key=lambda number: groups[number][0].seconds > _QUICK):
        if lines >= _SCREEN:
            break
        test = groups[number][0]
        chosen.add(number)
        lines += 1 + (0 if test.outcome is Outcome.PASSED else len(list(_explanation(test, language, said))))
    return chosen


def in_short(test: TestReport, language: Language) -> list[str]:
    """A test's line and, where it was not passed, the first sentence of why."""
    reason = paragraph(test.message.strip().partition("\n")[0], indent=_INDENT, most=2) if test.message else []
    return [_line(test, language), *reason]


def _by_cause(tests: Sequence[TestReport], *, apart: bool) -> list[list[TestReport]]:
    """Tests that ended in the same way for the same reason, at the place of the first; all others alone."""
    groups: dict[tuple[object, ...], list[TestReport]] = {}
    for number, test in enumerate(tests):
        cause = test.message.strip().partition("\n")[0]
        alone = apart or not cause or test.outcome in (Outcome.PASSED, Outcome.FAILED)
        place = test.traceback.strip().splitlines()[-2:]
        key = (number,) if alone else (test.outcome, cause, *place)
        groups.setdefault(key, []).append(test)
    return list(groups.values())


def _line(test: TestReport, language: Language) -> str:
    word = _WORDS.get(test.outcome, {}).get(language, "")
    points = points_text(test.points, test.max_points, language)
    # the title gives way where there is no room for all: what became of the test is said in full
    return between(f"  {_MARKS.get(test.outcome, '✗')} {test.title}", f"{word}   {points}" if word else points)


def _of_the_same_cause(tests: Sequence[TestReport], language: Language) -> str:
    """``? and 3 more tests for the same reason``, with their points."""
    words = _ALIKE[language][_plural(len(tests), language)].format(n=len(tests))
    return between(f"  {_MARKS.get(tests[0].outcome, '✗')} {words}", _sum_text(tests, language))


def nothing_ran(tests: Sequence[TestReport]) -> str:
    """Why no test could run, where that is the same for all of them: it is said once, in their place. Or nothing."""
    reasons = {(test.outcome, test.message) for test in tests}
    if len(reasons) != 1 or tests[0].outcome is not Outcome.MISSING:
        return ""
    words = tests[0].message
    return words if _NAME.match(words) else words[:1].upper() + words[1:]


def _together(passed: Sequence[TestReport], language: Language) -> str:
    words = _PASSED[language][_plural(len(passed), language)].format(n=len(passed))
    return between(f"  {_MARKS[Outcome.PASSED]} {words}", _sum_text(passed, language))


def _sum_text(tests: Sequence[TestReport], language: Language) -> str:
    points = sum((test.points for test in tests), Decimal(0))
    most = sum((test.max_points for test in tests), Decimal(0))
    return points_text(points, most, language)


def _plural(number: int, language: Language) -> int:
    """Which of the forms of a noun goes with a number: 2 tests; 2 теста, 5 тестов."""
    if language == "en":
        return min(number, 2) - 1
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


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
