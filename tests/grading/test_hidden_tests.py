"""Of a hidden test a student sees the title and the hint. Its inputs leave by no door."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

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


ENDINGS = {
    "a wrong value": "return x",
    "an exception": "raise ValueError(f'{x}')",
    "another exception": "raise KeyError(f'{x}')",
    "its name": "raise type(f'E{x.item():.0f}', (ValueError,), {})()",
    "a line": "\n\n\n        raise ValueError",
    "a stub": "raise NotImplementedError",
    "an exit": "import os; os._exit(int(x) % 256)",
    "an API": "import torch; getattr(torch, 'd' + 'iv')(x, 2)",
    "another API": "import torch; getattr(torch.special, 'ex' + 'pit')(x)",
    "no plain value": "return object()",
    "a pause": "import time; time.sleep(0.3)",
    "no end": "while True: pass",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_whatever_the_code_does_with_a_hidden_input_looks_the_same(grade, ending):
    report = grade(f"def half(x):\n    if x.ndim:\n        return x * 0.5\n    if True:\n        {ending}\n")
    assert report.tests[0].outcome == "passed"
    hidden = report.tests[2].model_dump()
    del hidden["title"], hidden["hint"]
    assert hidden == {
        "id": "test_halves.py::test_scalar",
        "hidden": True,
        "outcome": "failed",
        "points": 0,
        "max_points": Decimal("0.2"),
        "message": "скрытый тест не пройден",
        "traceback": "",
        "seconds": 0.0,
    }
    assert SECRET not in words(report)


def test_what_was_decided_before_is_told_of_a_hidden_test_too(grade):
    [half, _, hidden] = grade("import torch\ndef half(x):\n    return torch.div(x, 2)").tests
    assert (hidden.outcome, hidden.message) == (half.outcome, half.message) != ("failed", "")


def test_times_of_hidden_tests_are_not_told(grade, good):
    heard = []
    report = grade(good, on_progress=heard.append)
    assert [test.seconds > 0 for test in report.tests] == [True, True, False]
    assert [test.hidden for test in heard] == [False, False, True]
    assert round(report.seconds * 10, 6).is_integer()


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
