"""Of a hidden test a student sees the title and the hint. Its inputs leave by no door."""

from __future__ import annotations

from typing import Any

from kafedra.grading import Report

SECRET = "31337"


def words(report: Report) -> str:
    """All of a report but times, seed and digest, whose digits are as they happen to be."""
    tests: Any = {"__all__": {"seconds"}}
    return report.model_dump_json(
        exclude={"seed": True, "seconds": True, "timings": True, "fingerprint": True, "tests": tests}
    )


def test_title_and_hint_but_no_values(grade):
    report = grade("def half(x):\n    return x")
    hidden = report.tests[2]
    assert hidden.hidden
    assert hidden.message == "скрытый тест не пройден"
    assert hidden.title == "half берёт и 0-мерный тензор."
    assert hidden.hint == "Проверьте форму ответа."
    assert SECRET not in words(report)


def test_an_exception_does_not_carry_the_input_out(grade):
    report = grade("def half(x):\n    raise ValueError(f'{x}')")
    assert report.tests[2].message == "ваш код завершился исключением ValueError"
    assert SECRET not in words(report)


def test_names_that_the_student_invents_do_not_carry_it_out_either(grade):
    report = grade(
        """
        def half(x):
            if x.ndim:
                return x
            raise type(f"E{x.item():.0f}", (ValueError,), {})()
        """
    )
    assert report.tests[2].message == "ваш код завершился исключением ValueError"
    assert SECRET not in words(report)


def test_a_missing_attribute_of_that_name_does_not_either(grade):
    report = grade(
        """
        import sys

        def half(x):
            if x.ndim:
                return x
            raise sys.modules["kafedra.grading.guest.program"].MissingName(str(x.item()))
        """
    )
    assert SECRET not in words(report)


def test_prints_of_a_hidden_test_are_dropped(grade):
    report = grade("def half(x):\n    print(x)\n    return x * 0.5")
    assert "tensor" in report.output
    assert SECRET not in words(report)


def test_hidden_tests_run_last_so_that_nothing_can_be_printed_after_them(grade):
    report = grade(
        "seen = []\ndef half(x):\n    print(seen)\n    seen.append(x)\n    return x\ndef double(x):\n    print(seen)\n"
    )
    assert SECRET not in words(report)


def test_an_author_may_ask_to_see(grade):
    report = grade("def half(x):\n    return x", reveal=True)
    assert "31337" in report.tests[2].message
