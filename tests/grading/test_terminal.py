"""A verdict's lines in a terminal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kafedra.course import Language
from kafedra.grading import Outcome, Report, TestReport
from kafedra.grading.terminal import lines_of_tests as lines_of
from kafedra.grading.terminal import nothing_ran
from kafedra.grading.terminal.layout import WIDTH, columns


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in (Outcome.PASSED, Outcome.FAILED)])
def test_a_long_title_gives_way_and_the_outcome_does_not(outcome: Outcome) -> None:
    def test(title: str) -> TestReport:
        return TestReport(id="a::b", title=title, outcome=outcome, points=Decimal(0), max_points=Decimal("0.05"))

    [short] = lines_of([test("ReLU")], "ru")
    [long] = lines_of([test("Градиент LeakyReLU: 1 справа, negative_slope слева, и так на любом входе")], "ru")
    word = short.removesuffix("0 из 0,05").split("ReLU")[1].strip()
    assert word
    assert long.endswith(f"  {word}   0 из 0,05")
    assert "…" in long
    assert columns(long) <= WIDTH


def ended(outcome: Outcome, number: int = 0, message: str = "") -> TestReport:
    points = Decimal("0.1") if outcome is Outcome.PASSED else Decimal(0)
    return TestReport(
        id="a::b",
        title=f"Свойство {number}",
        outcome=outcome,
        points=points,
        max_points=Decimal("0.1"),
        message=message,
    )


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("ru", 5, "✓ 5 тестов пройдено"), ("ru", 2, "✓ 2 теста пройдены"), ("ru", 21, "✓ 21 тест пройден"),
     ("en", 5, "✓ 5 tests passed")],
)  # fmt: skip
def test_where_many_fail_the_passed_ones_are_one_line(language: Language, count: int, words: str) -> None:
    tests = [ended(Outcome.FAILED, number) for number in range(4)] + [ended(Outcome.PASSED) for _ in range(count)]
    first, *others = lines_of(tests, language)
    assert words in first
    assert len(others) == 4


def test_where_few_fail_every_test_has_its_line() -> None:
    tests = [*[ended(Outcome.FAILED)] * 3, *[ended(Outcome.PASSED)] * 5]
    assert len(list(lines_of(tests, "ru"))) == 8


def test_the_same_reason_is_told_once() -> None:
    tests = [ended(Outcome.MISSING, number, "Ячейка 7 пропущена") for number in range(5)]
    assert " ".join(lines_of(tests, "ru")).count("Ячейка 7") == 1


def test_why_nothing_ran_is_a_sentence() -> None:
    missing = [ended(Outcome.MISSING, number, "посылку не удалось прочитать: пусто") for number in range(2)]
    assert nothing_ran(missing) == "Посылку не удалось прочитать: пусто"
    assert nothing_ran([*missing, ended(Outcome.PASSED)]) == ""


def test_a_cause_is_told_once_with_what_it_costs() -> None:
    tests = [ended(Outcome.ERROR, number, f"NameError: name 'LIMIT'\nВызов {number}") for number in range(4)]
    tests.insert(2, ended(Outcome.FAILED, 9, "получено 1"))
    text = "\n".join(lines_of(tests, "ru", whole="kafedra check --all"))
    assert text.count("NameError") == 1
    assert "✗ и ещё 3 теста по той же причине" in text
    assert "0 из 0,3" in text
    assert "получено 1" in text
    assert "\n".join(lines_of(tests, "ru")).count("Свойство") == 5


def test_a_bad_first_try_fits_on_a_screen() -> None:
    tests = [ended(Outcome.FAILED, number, "\n".join(f"строка {number}.{line}" for line in range(9)))
             for number in range(20)]  # fmt: skip
    lines = list(lines_of(tests, "ru", whole="kafedra check --all"))
    assert len(lines) < 50
    assert sum("✗ Свойство" in line for line in lines) == 20
    assert lines[-1].strip() == "У остальных причина не показана. Всё целиком: kafedra check --all"
    everything = list(lines_of(tests, "ru"))
    assert sum("строка" in line for line in everything) == 180


def test_what_a_mistake_broke_is_explained_before_a_training_that_failed_for_it() -> None:
    tests = [ended(Outcome.FAILED, number, "\n".join(f"строка {number}.{line}" for line in range(9)))
             for number in range(5)]  # fmt: skip
    tests[0] = tests[0].model_copy(update={"seconds": 7.5})
    text = "\n".join(lines_of(tests, "ru", whole="kafedra check --all"))
    assert "строка 0" not in text
    assert all(f"строка {number}.0" in text for number in (1, 2, 3))
    assert text.index("✗ Свойство") < text.index("строка 1.0")


def test_a_note_whose_cause_a_test_names_is_not_said_again() -> None:
    test = ended(Outcome.ERROR, message="ModuleNotFoundError: layers\nМодуля layers нет\nвызов: half(1)")
    notes = ("ячейка 1: «import layers» завершается исключением\nМодуля layers нет", "Ячейка 2 пропущена")
    report = Report(assignment="a", seed=1, seconds=1, tests=(test,), notes=notes)
    assert report.notes_apart == ("Ячейка 2 пропущена",)
