"""Side effects: what a probe reports of a call, and what the judge says of it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from kafedra.testing import check, probing, wording


def message(judge) -> str:
    with pytest.raises(check.CheckFailed) as caught:
        judge()
    return str(caught.value)


def test_an_honest_call_leaves_its_inputs_alone():
    x = torch.tensor([1.0, -1.0])
    assert check.untouched(probing.watched(torch.relu, x), x.clone(), call="f(x)").tolist() == [1, 0]
    assert check.untouched(probing.watched(sorted, [2, 1]), [2, 1], call="f(x)") == [1, 2]
    assert check.untouched(probing.watched(np.add, np.ones(2), 1.0), np.ones(2), 1.0, call="f(x)").tolist() == [2, 2]


def changed_in_place(x):
    x[0] = 7
    return x


@pytest.mark.parametrize("make", [lambda: torch.ones(3), lambda: np.ones(3), lambda: [1.0, 1.0, 1.0]])
def test_an_input_that_changed_is_told(make):
    said = message(lambda: check.untouched(probing.watched(changed_in_place, make()), make(), call="f(x)"))
    assert said.startswith("f(x): вход после вызова не тот, что до него\nпохоже: вход изменён на месте")
    assert "получено 7, ожидалось 1" in said


def test_of_several_inputs_the_changed_one_is_named():
    report = probing.watched(lambda a, b: changed_in_place(b), [1, 2], [3, 4])
    assert "вход[1]" in message(lambda: check.untouched(report, [1, 2], [3, 4], call="f(a, b)"))


def test_a_write_that_leaves_no_trace_is_told_too():
    x = torch.ones(3)
    report = probing.watched(lambda x: x.mul_(2).div_(2), x)
    assert message(lambda: check.untouched(report, torch.ones(3), call="f(x)")).startswith(
        "f(x): во вход писали на месте, раз: 2"
    )


X = torch.tensor([-1.0, 2.0, 3.0], dtype=torch.float64)
UPSTREAM = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)


def test_the_gradient_comes_back_with_the_answer():
    y, found = check.gradient(probing.gradient(torch.relu, X, UPSTREAM), X, UPSTREAM, call="relu(x)")
    assert y.tolist() == [0, 2, 3]
    assert found.tolist() == [0, 2, 3]


def test_a_gradient_that_does_not_arrive_is_explained_or_allowed():
    report = probing.gradient(lambda x: torch.relu(x.detach()), X, UPSTREAM)
    said = message(lambda: check.gradient(report, X, UPSTREAM, call="relu(x)"))
    assert said.startswith("relu(x): градиент не доходит до входа x, float64 (3,)\nпохоже: ответ оторван от графа")
    assert check.gradient(report, X, UPSTREAM, call="relu(x)", required=False)[1] is None


def test_an_answer_of_another_shape_is_told_as_such():
    report = probing.gradient(lambda x: x.sum(), X, UPSTREAM)
    assert "форма () вместо (3,)" in message(lambda: check.gradient(report, X, UPSTREAM, call="f(x)"))


class Spoiler(torch.autograd.Function):
    """Writes into the gradient that comes from above."""

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, above):
        return above.mul_(2)


def test_a_backward_that_spoils_the_gradient_of_others_is_told():
    report = probing.gradient(Spoiler.apply, X, UPSTREAM)
    assert "градиент по other, соседу по сумме" in message(lambda: check.gradient(report, X, UPSTREAM, call="f(x)"))


class Forgetful:
    """Keeps the mask of its last call, where each call needs its own."""

    def __call__(self, x):
        layer = self

        class Own(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                layer.mask = x > 0
                return x * layer.mask

            @staticmethod
            def backward(ctx, above):
                return above * layer.mask

        return Own.apply(x)


def test_what_happens_meanwhile_shows_a_layer_that_remembers_its_last_call():
    layer = Forgetful()
    _, alone = check.gradient(probing.gradient(layer, X, UPSTREAM), X, UPSTREAM, call="f(x)")
    twice = probing.gradient(layer, X, UPSTREAM, meanwhile=lambda: layer(-X))
    assert alone.tolist() == [0, 2, 3]
    assert check.gradient(twice, X, UPSTREAM, call="f(x)")[1].tolist() == [1, 0, 0]


def test_the_words_are_there_in_english():
    wording.speak("en")
    said = message(lambda: check.untouched(probing.watched(changed_in_place, [1, 2]), [1, 2], call="f(x)"))
    assert said.startswith(
        "f(x): the input is not what it was before the call\nprobably: the input is changed in place"
    )
