"""The wrong answer names the mistake: suspects, in whatever precision they were made."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.testing.answers import tensors

from kafedra.testing import check


def said(actual, expected, **options) -> list[str]:
    with pytest.raises(check.CheckFailed) as caught:
        check.close(actual, expected, call="f(x)", **options)
    return str(caught.value).splitlines()


X = torch.tensor([-2.0, -0.5, 0.25, 3.0], dtype=torch.float64)
SUSPECTS = {"вход как есть": X, "модуль": X.abs(), "взят минус": -X}


@pytest.mark.parametrize("convert", [lambda x: x, torch.Tensor.numpy, torch.Tensor.tolist, lambda x: {"y": (x,)}])
def test_the_mistake_that_gives_the_answer_is_named(convert):
    suspects = {why: convert(wrong) for why, wrong in SUSPECTS.items()}
    answer = said(convert(X.abs()), convert(X.clamp(min=0)), suspects=suspects, otherwise="что-то ещё")
    assert answer[1] == "похоже: модуль"
    assert (
        said(convert(X * 3), convert(X.clamp(min=0)), suspects=suspects, otherwise="что-то ещё")[1]
        == "похоже: что-то ещё"
    )


@given(tensors(), tensors(), st.integers(0, 2**16))
def test_a_mistake_is_known_however_it_was_rounded(expected, noise, seed):
    wrong = expected + 1 + torch.rand(expected.shape, generator=torch.Generator().manual_seed(seed))
    for answer in (wrong, wrong.float().double(), wrong + 1e-5 * torch.sin(wrong)):
        assert said(answer, expected, suspects={"другое": expected - 1, "это": wrong})[1] == "похоже: это"


@given(tensors(), st.floats(1e-3, 1e3))
def test_another_wrong_answer_is_not_taken_for_a_known_one(expected, shift):
    assume(abs(shift - 1) > 0.01)
    lines = said(expected + shift, expected, suspects={"сдвиг на 1": expected + 1}, otherwise="иначе")
    assert lines[1] == "похоже: иначе"


def test_a_mistake_may_have_another_shape_or_be_recognised_by_a_function():
    grid = torch.ones(2, 3)
    assert "похоже: оси переставлены" in said(grid.T, grid, suspects={"оси переставлены": grid.T})
    spoilt = torch.full((2, 3), math.nan)
    suspects = {"все одинаковые": lambda y: bool((y == y[0, 0]).all()), "0/0": check.has_nan}
    assert "похоже: 0/0" in said(spoilt, grid, suspects=suspects)
    assert "похоже: все одинаковые" in said(grid * 2, grid, suspects=suspects)


def test_a_function_is_not_asked_about_an_answer_of_another_form():
    asked = []
    said([1, 2], torch.ones(2), suspects={"это": asked.append})
    assert asked == []


def test_a_cause_that_is_known_beforehand_stands_alone():
    assert said(X.abs(), X, why="так", suspects=SUSPECTS)[1] == "похоже: так"


def test_otherwise_is_about_values_and_not_said_of_a_wrong_form():
    assert said(X[:2], X, suspects=SUSPECTS, otherwise="формула")[0:] == ["f(x): форма (2,) вместо (4,)"]


@pytest.mark.parametrize("convert", [lambda x: x, torch.Tensor.numpy, lambda x: [x]])
def test_a_float32_that_slipped_in_is_named(convert):
    rounded, right = (X * 0.01).float().double(), X * 0.01
    assert "точность как у float32" in said(convert(rounded), convert(right), otherwise="формула")[1]
    assert said(convert(rounded), convert(right), rounded="своё")[1] == "похоже: своё"
    assert said(convert(rounded), convert(right), rounded="", otherwise="формула")[1] == "похоже: формула"
    assert "float32" not in "".join(said(convert(right * (1 + 1e-4)), convert(right)))


def test_a_float32_answer_is_not_blamed_for_its_own_precision():
    x = X.float()
    assert said(x * (1 + 1e-3), x, rtol=1e-5, otherwise="формула")[1] == "похоже: формула"


def test_equal_knows_its_suspects_too():
    with pytest.raises(check.CheckFailed, match="похоже: порядок обратный"):
        check.equal([3, 2, 1], [1, 2, 3], call="f()", suspects={"порядок обратный": [3, 2, 1]}, otherwise="иначе")


def test_a_test_may_ask_for_the_cause_alone():
    assert check.likely(np.array([1.0]), np.array([2.0]), {"половина": np.array([1.0])}) == "половина"
    assert check.likely(2.5, 2.0, {"половина": 1.0}, "иначе") == "иначе"
