"""Assertions of ``kafedra.testing.check``: whatever arrives, the failure is a message that teaches."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testing.answers import answers, copied, places, spoilt, tensors

from kafedra.testing import check, wording

GARBAGE = [
    None, True, 3, 10**6000, -0.0, math.nan, math.inf, 1j, "text", b"bytes", [], [1, 2], (1,), {"a": 1}, [[10**6000]],
    np.zeros(3), np.zeros((2, 2)), np.array(["a"]), np.zeros(3, dtype=bool), {True: 1}, {"a": {}}, [[]], (None,),
    "x" * 999, torch.zeros(0), torch.zeros(2, 2, dtype=torch.int64), torch.tensor(True), torch.full((3,), math.nan),
    torch.zeros(3, dtype=torch.complex64), torch.zeros(3, dtype=torch.float16), torch.float64,
]  # fmt: skip


def message(judge) -> str:
    """What a failing check says."""
    with pytest.raises(check.CheckFailed) as caught:
        judge()
    return str(caught.value)


@pytest.mark.parametrize("actual", GARBAGE, ids=lambda value: str(type(value)))
@pytest.mark.parametrize(
    "judge",
    [
        lambda value: check.tensor(value, shape=(3,), dtype=torch.float64, call="f()"),
        lambda value: check.array(value, shape=(7,), call="f()"),
        lambda value: check.close(value, torch.ones(3, dtype=torch.float64), call="f()", inputs={"x": value}),
        lambda value: check.close(value, np.ones(3), call="f()", inputs={"x": value}, suspects={"нули": value}),
        lambda value: check.close(value, [0.5, {"a": (1, "b")}], call="f()", otherwise="иначе"),
        lambda value: check.close(value, 0.123, call="f()"),
        lambda value: check.close(value, "a longer text\nof two lines, the second of which is longer", call="f()"),
        lambda value: check.equal(value, {"never": "this"}, call="f()"),
        lambda value: check.within(value, 5, 6, call="f()", what="дисперсия"),
        lambda value: check.parts(value, 7, call="f()"),
        lambda value: check.untouched(value, torch.ones(3), call="f()"),
        lambda value: check.gradient(value, torch.ones(3), torch.ones(3), call="f()"),
    ],
    ids=["tensor", "array", "close", "close array", "close nested", "close number", "close text", "equal", "within",
         "parts", "untouched", "gradient"],
)  # fmt: skip
def test_garbage_fails_with_a_message(judge, actual):
    said = message(lambda: judge(actual))
    assert said.startswith("f()")
    assert len(said) < 2000


@given(answers)
@settings(max_examples=40)
def test_an_answer_is_close_and_equal_to_its_copy(value):
    check.close(copied(value), value, call="f()")
    check.equal(copied(value), value, call="f()")


@given(answers.filter(places), st.data())
@settings(max_examples=40)
def test_one_wrong_value_is_found_wherever_it_lies(value, data):
    place = data.draw(st.sampled_from(places(value)))
    for judge in (check.close, check.equal):
        assert message(lambda: judge(spoilt(value, place), value, call="f(x)")).startswith(f"f(x){place}")


@given(tensors(), tensors(), st.floats(1e-10, 10))
def test_arrays_are_judged_as_tensors_are(one, other, atol):
    def verdict(actual, expected) -> bool:
        try:
            check.close(actual, expected, rtol=0.1, atol=atol, call="f()")
        except check.CheckFailed:
            return False
        return True

    assert verdict(one.numpy(), other.numpy()) is verdict(one, other)


def test_the_worst_element_is_found_with_its_input():
    x = torch.tensor([[1.0, -2.0], [3.0, 4.0]], dtype=torch.float64)
    for actual, expected, given_x in ((x, x.clamp(min=0), x), (x.numpy(), x.clamp(min=0).numpy(), x.numpy())):
        said = message(lambda: check.close(actual, expected, call="relu(x)", inputs={"x": given_x}, why="минус"))
        assert said.splitlines() == [
            "relu(x): значения не совпали с ожидаемыми",
            "похоже: минус",
            "вход x: float64 (2, 2)",
            "наибольшая ошибка 2 в позиции (0, 1): получено -2, ожидалось 0",
            "там вход x = -2",
            "не совпало 1 из 4",
        ]


def test_nan_where_a_number_was_expected_is_said_first():
    for actual, expected in ((torch.tensor([math.nan, 5.0]), torch.zeros(2)), (np.array([math.nan, 5]), np.zeros(2))):
        said = message(lambda: check.close(actual, expected, call="f()"))
        assert said.startswith("f(): в ответе NaN (1 из 2)")


def test_nan_and_infinity_match_only_themselves():
    special = torch.tensor([math.nan, math.inf, -math.inf])
    check.close(special, special.clone(), call="f()")
    check.close([math.nan, math.inf], [math.nan, math.inf], call="f()")
    message(lambda: check.close(torch.tensor([1e38, 1e38]), torch.tensor([math.inf, 1e38]), call="f()"))
    message(lambda: check.close(special.neg(), special, call="f()"))
    message(lambda: check.close([1e300], [math.inf], call="f()"))


@given(st.floats(1e-3, 1e3), st.sampled_from([1e-8, 1e-4]))
def test_the_tolerance_is_relative(value, rtol):
    for kind in (lambda x: torch.tensor([x], dtype=torch.float64), lambda x: np.array([x]), float, lambda x: [x]):
        check.close(kind(value * (1 + rtol / 2)), kind(value), rtol=rtol, atol=0, call="f()")
        message(lambda: check.close(kind(value * (1 + rtol * 2)), kind(value), rtol=rtol, atol=0, call="f()"))


def test_whole_numbers_are_compared_to_the_last_digit():
    big = torch.tensor([2**53])
    message(lambda: check.close(big + 1, big, rtol=0, atol=0, call="f()"))
    message(lambda: check.close(2**53 + 1, 2**53, rtol=0, atol=0, call="f()"))


def test_numbers_that_look_alike_are_written_until_they_differ():
    said = message(lambda: check.close(0.1 + 1e-9, 0.1, rtol=0, atol=0, call="f()"))
    assert said == "f(): получено 0.100000001, ожидалось 0.1"


def test_where_a_number_is_wanted_a_whole_one_will_do_and_a_bool_will_not():
    check.close(2, 2.0, call="f()")
    check.close([1, 2.5], [1.0, 2.5], call="f()")
    check.close(torch.tensor([2.0]), 2, call="f()")
    message(lambda: check.close(True, 1, call="f()"))
    message(lambda: check.close(1, True, call="f()"))


def test_equal_is_exact_about_kinds():
    check.equal([1, (2.5, "x")], [1, (2.5, "x")], call="f()")
    check.equal(np.array([1, 2]), np.array([1, 2]), call="f()")
    pairs = [(1, True), (1, 1.0), ([1], (1,)), ([1], [1.0]), (torch.ones(1), torch.ones(1).double())]
    for actual, expected in [*pairs, (np.ones(2), torch.ones(2, dtype=torch.float64)), (np.ones(2), [1.0, 1.0])]:
        message(lambda: check.equal(actual, expected, call="f()"))


def test_what_is_missing_and_what_is_too_much_in_a_dict_is_named():
    expected = {"mean": 1.0, "std": 2.0}
    assert message(lambda: check.close({"mean": 1.0}, expected, call="f()")) == "f(): нет ключей 'std'"
    assert "лишние ключи 'max'" in message(lambda: check.close(expected | {"max": 3}, expected, call="f()"))
    assert "f()['std']: получено 3, ожидалось 2" in message(
        lambda: check.close({"mean": 1.0, "std": 3}, expected, call="f()")
    )


def test_of_a_list_the_length_or_the_first_wrong_element_is_named():
    assert message(lambda: check.close([1], [1, 2], call="f()")) == "f(): элементов 1 вместо 2"
    assert message(lambda: check.close([1, 5, 6, 4], [1, 2, 3, 4], call="f()")).splitlines() == [
        "f()[1]: получено 5, ожидалось 2",
        "не совпало 2 из 4",
    ]


def test_of_a_text_the_place_is_named():
    assert message(lambda: check.equal("ab", "abc", call="f()")) == "f(): получено 'ab', ожидалось 'abc'"
    poem = "\n".join(f"строка номер {number}, довольно длинная" for number in range(9))
    said = message(lambda: check.equal(poem.replace("номер 4", "номер 5"), poem, call="f()"))
    assert said.startswith("f(): текст не тот, начиная со строки 5, символа 14: получено …'линная")


def test_each_number_of_an_array_or_a_list_lies_within():
    check.within(np.linspace(0, 1, 5), 0, 1, call="f()", what="доля")
    check.within([0.0, [0.5, 1]], 0, 1, call="f()", what="доля")
    for actual in ([0.5, 1.5, -0.1], np.array([0.5, 1.5, -0.1]), torch.tensor([0.5, 1.5, -0.1])):
        said = message(lambda: check.within(actual, 0, 1, call="f()", what="доля"))
        assert said == "f(): доля[1] = 1.5, а должно лежать от 0 до 1\nне совпало 2 из 3"
    assert "доля[0, 1] = nan" in message(lambda: check.within(np.array([[0, math.nan]]), 0, 1, call="f()", what="доля"))
    assert "f()[0]: ожидалось число" in message(lambda: check.within(["a"], 0, 1, call="f()", what="доля"))


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=6), st.floats(-1, 0), st.floats(0, 1))
def test_within_agrees_with_the_least_and_the_largest(numbers, low, high):
    inside = low <= min(numbers) and max(numbers) <= high
    for value in (numbers, np.array(numbers), torch.tensor(numbers, dtype=torch.float64)):
        if inside:
            check.within(value, low, high, call="f()", what="x")
        else:
            message(lambda: check.within(value, low, high, call="f()", what="x"))


def test_parts_come_back_as_a_tuple_whatever_they_came_in():
    assert check.parts([1, 2], 2, call="f()") == check.parts((1, 2), 2, call="f()") == (1, 2)
    said = message(lambda: check.parts((1,), 2, call="fans(w)", what="fan_in, fan_out"))
    assert said == "fans(w): ожидалось значений: 2 (fan_in, fan_out), пришло 1"


def test_only_true_is_true():
    check.that(True, "ok")
    for pretender in (1, torch.tensor(True), "yes"):
        with pytest.raises(check.CheckFailed, match="no"):
            check.that(pretender, "no")


def test_messages_follow_the_language():
    wording.speak("en")
    assert message(lambda: check.close(torch.zeros(2), torch.zeros(3), call="f()")) == "f(): shape (2,) instead of (3,)"
    assert message(lambda: check.close([1], (1,), call="f()")) == "f(): expected a tuple, got list [1]"


def test_a_course_without_torch_and_numpy_loads_neither():
    code = (
        "import sys\nfrom kafedra.testing import check, probing\n"
        "check.close([0.1 + 0.2, {'a': 'b'}], [0.3, {'a': 'b'}], call='f()')\n"
        "check.untouched(probing.watched(sorted, [2, 1]), [2, 1], call='sorted(x)')\n"
        "print([name for name in ('torch', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("answer", [complex(-math.inf, 0), 2 + 0j])
def test_a_complex_number_is_no_answer_where_a_real_one_is_expected(answer: complex) -> None:
    with pytest.raises(check.CheckFailed):
        check.close(answer, answer.real, call="log(0)")
    check.close(answer, answer, call="log(0)")


@pytest.mark.parametrize(
    ("share", "in_russian", "in_english"), [(0.9731, "97,3\u00a0%", "97.3%"), (0.65, "65\u00a0%", "65%")]
)
def test_a_share_is_written_as_its_language_writes_it(share: float, in_russian: str, in_english: str) -> None:
    said = {}
    for language in ("en", "ru"):
        wording.speak(language)
        said[language] = check.percent(share)
    assert said == {"en": in_english, "ru": in_russian}
