"""Every way a test can end, and what the student is told then."""

from __future__ import annotations

from decimal import Decimal

import pytest

DOUBLE = "\ndef double(x):\n    return x + x\n"


def test_correct_code_gets_every_point(grade, good):
    report = grade(good)
    assert report.points == report.max_points == Decimal(1)
    assert [test.outcome for test in report.tests] == ["passed"] * 3
    assert all(test.message == test.hint == test.traceback == "" for test in report.tests)


def test_partial_credit_is_kept(grade):
    report = grade("def half(x):\n    return x" + DOUBLE)
    assert report.points == Decimal("0.3")


def test_wrong_values_name_the_property_the_input_and_the_cause(outcome_of):
    test = outcome_of("def half(x):\n    return x / 3")
    assert test.outcome == "failed"
    first, cause, *rest = test.message.splitlines()
    assert first == "half(x): значения не совпали с ожидаемыми"
    assert cause == "похоже: делите не на два"
    assert "вход x: float64 (3,)" in rest
    assert any(line.startswith("наибольшая ошибка") for line in rest)
    assert test.hint == "Вспомните, что такое половина."


def test_messages_are_english_for_an_english_reader(outcome_of):
    test = outcome_of("def half(x):\n    return None", language="en")
    assert test.message.splitlines()[0] == "half(x) returns nothing (None): is a return missing?"


def test_an_exception_is_shown_with_the_students_own_lines(outcome_of):
    test = outcome_of(
        """
        def inner(x):
            raise ValueError("не та форма")

        def half(x):
            return inner(x)
        """
    )
    assert test.outcome == "error"
    assert test.message.splitlines() == [
        "ваш код завершился исключением ValueError: не та форма",
        "вызов: half(float64 (3,))",
    ]
    assert test.traceback.splitlines() == [
        "halves.py:6, half",
        "    return inner(x)",
        "halves.py:3, inner",
        '    raise ValueError("не та форма")',
    ]


def test_a_stub_is_not_an_error_but_something_left_to_do(outcome_of):
    test = outcome_of("def half(x):\n    raise NotImplementedError")
    assert test.outcome == "missing"
    assert test.message == "ещё не написано (halves.py:2): raise NotImplementedError ждёт вашего кода"


def test_an_endless_loop_is_a_timeout_and_the_next_test_still_runs(grade):
    report = grade("def half(x):\n    while True:\n        pass" + DOUBLE)
    half, double, _ = report.tests
    assert (half.outcome, double.outcome) == ("timeout", "passed")
    assert "не уложилось в 1 с" in half.message
    assert half.seconds < 5  # the limit, and what it waited for a processor


def test_memory_beyond_the_limit_is_said_so(outcome_of):
    test = outcome_of("def half(x):\n    return bytearray(1 << 30)")
    assert test.outcome == "memory"
    assert "256 МБ" in test.message


def test_torch_out_of_memory_is_memory_too(outcome_of):
    test = outcome_of("import torch\ndef half(x):\n    return torch.zeros(10**9)")
    assert test.outcome == "memory"


def test_leaving_the_process_ends_that_test_alone(grade):
    report = grade("import os\ndef half(x):\n    os._exit(0)" + DOUBLE)
    half, double, _ = report.tests
    assert (half.outcome, double.outcome) == ("crashed", "passed")
    assert "код 0" in half.message


def test_a_segmentation_fault_is_a_crash(outcome_of):
    test = outcome_of("import ctypes\ndef half(x):\n    ctypes.string_at(0)")
    assert test.outcome == "crashed"
    assert "SIGSEGV" in test.message


def test_a_missing_name_is_named(grade):
    report = grade("def half(x):\n    return x * 0.5")
    double = report.tests[1]
    assert double.outcome == "missing"
    assert double.message.startswith("double: нет такого определения")


def test_what_cannot_cross_is_named(outcome_of):
    test = outcome_of("def half(x):\n    return object()")
    assert test.outcome == "error"
    assert "object" in test.message


def test_a_definition_that_fails_to_execute_takes_down_only_itself(grade):
    report = grade("@undefined\ndef half(x):\n    return x" + DOUBLE)
    half, double, _ = report.tests
    assert half.outcome == "error"
    assert "undefined" in half.message
    assert double.outcome == "passed"


def test_a_file_that_is_no_python_earns_nothing_and_says_why(grade):
    report = grade("{{{")
    assert report.points == 0
    assert {test.outcome for test in report.tests} == {"missing"}
    assert "синтаксическая ошибка" in report.notes[0]


def test_an_unreadable_notebook_says_why_under_every_test(grader, assignment):
    report = grader.grade(assignment, {"halves.ipynb": b"not a notebook"})
    assert report.points == 0
    assert all("не удалось прочитать" in test.message for test in report.tests)


@pytest.mark.parametrize(
    "garbage", ["None", "'x'", "[1]", "10**5000", "float('nan')", "{1: [2]}", "(x, x)", "b''", "x > 0", "1j"]
)
def test_garbage_is_a_failure_of_the_student_never_of_ours(outcome_of, garbage):
    assert outcome_of(f"def half(x):\n    return {garbage}").outcome == "failed"


def test_progress_is_told_test_by_test(grade, good):
    heard = []
    report = grade(good, on_progress=heard.append)
    assert tuple(heard) == report.tests


def test_public_only_leaves_the_hidden_tests_out(grade, good):
    report = grade(good, public_only=True)
    assert report.public_only
    assert [test.hidden for test in report.tests] == [False, False]


def test_prints_are_kept_up_to_the_limit(grade):
    report = grade("def half(x):\n    print('a' * 10_000, 'конец')\n    return x * 0.5" + DOUBLE)
    assert report.output.endswith("конец\n")
    assert len(report.output) == 4 * 1024
