"""Assertions of ``kafedra.testing.check``: whatever arrives, the failure is a message that teaches."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kafedra.testing import check, wording

GARBAGE = [
    None, True, 3, 10**6000, -0.0, math.nan, math.inf, 1j, "text", b"bytes", [], [1, 2], (1,), {"a": 1}, [[10**6000]],
    np.zeros(3), torch.zeros(0), torch.zeros(2, 2, dtype=torch.int64), torch.tensor(True), torch.full((3,), math.nan),
    torch.zeros(3, dtype=torch.complex64), torch.zeros(3, dtype=torch.float16), torch.float64,
]  # fmt: skip


@pytest.fixture(autouse=True)
def russian():
    wording.speak("ru")


@pytest.mark.parametrize("actual", GARBAGE, ids=lambda value: str(type(value)))
@pytest.mark.parametrize(
    "judge",
    [
        lambda value: check.tensor(value, shape=(3,), dtype=torch.float64, call="f()"),
        lambda value: check.close(value, torch.ones(3, dtype=torch.float64), call="f()", inputs={"x": value}),
        lambda value: check.close(value, 0.123, call="f()"),
        lambda value: check.equal(value, {"never": "this"}, call="f()"),
        lambda value: check.within(value, 5, 6, call="f()", what="дисперсия"),
    ],
    ids=["tensor", "close", "close number", "equal", "within"],
)
def test_garbage_fails_with_a_message(judge, actual):
    with pytest.raises(check.CheckFailed) as caught:
        judge(actual)
    assert str(caught.value).startswith("f()")
    assert len(str(caught.value)) < 2000


def test_the_worst_element_is_found_with_its_input():
    x = torch.tensor([[1.0, -2.0], [3.0, 4.0]], dtype=torch.float64)
    with pytest.raises(check.CheckFailed) as caught:
        check.close(x, x.clamp(min=0), call="relu(x)", inputs={"x": x}, why="минус остался")
    assert str(caught.value).splitlines() == [
        "relu(x): значения не совпали с ожидаемыми",
        "похоже: минус остался",
        "вход x: float64 (2, 2)",
        "наибольшая ошибка 2 в позиции (0, 1): получено -2, ожидалось 0",
        "там вход x = -2",
        "не совпало 1 из 4",
    ]


def test_nan_where_a_number_was_expected_is_said_first():
    with pytest.raises(check.CheckFailed, match=r"^f\(\): в ответе NaN \(1 из 2\)"):
        check.close(torch.tensor([math.nan, 5.0]), torch.zeros(2), call="f()")


def test_nan_and_infinity_match_only_themselves():
    special = torch.tensor([math.nan, math.inf, -math.inf])
    check.close(special, special.clone(), call="f()")
    with pytest.raises(check.CheckFailed):
        check.close(torch.tensor([1e38, 1e38]), torch.tensor([math.inf, 1e38]), call="f()")
    with pytest.raises(check.CheckFailed):
        check.close(special.neg(), special, call="f()")


@given(st.floats(1e-3, 1e3), st.sampled_from([1e-8, 1e-4]))
def test_the_tolerance_is_relative(value, rtol):
    expected = torch.tensor([value], dtype=torch.float64)
    check.close(expected * (1 + rtol / 2), expected, rtol=rtol, atol=0, call="f()")
    with pytest.raises(check.CheckFailed):
        check.close(expected * (1 + rtol * 2), expected, rtol=rtol, atol=0, call="f()")


def test_equal_is_exact_about_kinds():
    check.equal([1, (2.5, "x")], [1, (2.5, "x")], call="f()")
    for actual, expected in [(1, True), (1, 1.0), ([1], (1,)), ([1], [1.0]), (torch.ones(1), torch.ones(1).double())]:
        with pytest.raises(check.CheckFailed):
            check.equal(actual, expected, call="f()")


def test_only_true_is_true():
    check.that(True, "ok")
    for pretender in (1, torch.tensor(True), "yes"):
        with pytest.raises(check.CheckFailed, match="no"):
            check.that(pretender, "no")


def test_messages_follow_the_language():
    wording.speak("en")
    with pytest.raises(check.CheckFailed, match=r"f\(\): shape \(2,\) instead of \(3,\)"):
        check.close(torch.zeros(2), torch.zeros(3), call="f()")
