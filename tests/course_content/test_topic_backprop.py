"""The formulas of the chapter on backpropagation, each computed another way."""

import numpy as np
import pytest
import torch


def central(function, x, h=1e-5):
    return (function(x + h) - function(x - h)) / (2 * h)


def test_the_neuron_worked_by_hand() -> None:
    x, w, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (3.0, 0.5, 1.0))
    loss = (w * x + b - 4) ** 2
    loss.backward()
    assert (loss.item(), w.grad.item(), x.grad.item(), b.grad.item()) == (2.25, -9.0, -1.5, -3.0)
    assert pytest.approx(2.1609) == (0.51 * 3 + 1 - 4) ** 2
    assert (1.5 * 3 + 1 - 4) ** 2 == 2.25
    assert pytest.approx(1.5129) == ((0.5 + 0.01 * 9) * 3 + 1 - 4) ** 2


def test_no_line_separates_exclusive_or_and_two_features_do() -> None:
    for first in (0, 1):
        for second in (0, 1):
            one, both = first + second > 0.5, first + second > 1.5
            assert int(one) - int(both) == first ^ second


def test_the_layer_worked_by_hand() -> None:
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    w = torch.tensor([[1.0, 0.0], [-1.0, 2.0]], requires_grad=True)
    b = torch.tensor([0.0, 1.0], requires_grad=True)
    y, upstream = x @ w + b, torch.tensor([[2.0, -1.0]])
    y.backward(upstream)
    assert y.tolist() == [[-1.0, 5.0]]
    assert w.grad.tolist() == [[2.0, -1.0], [4.0, -2.0]]
    assert x.grad.tolist() == [[2.0, -4.0]]
    assert b.grad.tolist() == [2.0, -1.0]


def test_the_gradients_of_a_layer() -> None:
    x, w = torch.randn(5, 3, requires_grad=True), torch.randn(3, 4, requires_grad=True)
    b, upstream = torch.randn(4, requires_grad=True), torch.randn(5, 4)
    (x @ w + b).backward(upstream)
    assert torch.allclose(w.grad, x.detach().T @ upstream, atol=1e-6)
    assert torch.allclose(x.grad, upstream @ w.detach().T, atol=1e-6)
    assert torch.allclose(b.grad, upstream.sum(0), atol=1e-6)


@pytest.mark.parametrize(
    ("epsilon", "low", "high"), [(2.0**-53, 2e-6, 2e-5), (2.0**-24, 1e-3, 1e-2)], ids=["float64", "float32"]
)
def test_the_best_step_of_the_central_difference(epsilon: float, low: float, high: float) -> None:
    steps = np.logspace(-9, 0, 2000)
    error = steps**2 / 6 * np.cos(1.0) + epsilon * np.sin(1.0) / steps
    best = steps[error.argmin()]
    assert best == pytest.approx((3 * epsilon * np.tan(1.0)) ** (1 / 3), rel=0.02)
    assert low < best < high


def test_the_best_step_of_the_second_difference() -> None:
    steps = np.logspace(-6, -1, 500)
    found = ((2 + steps) ** 4 - 2 * 2.0**4 + (2 - steps) ** 4) / steps**2
    assert 2e-5 < steps[np.abs(found - 12 * 2**2).argmin()] < 1e-3
    cubes = ((2 + steps) ** 3 - 2 * 2.0**3 + (2 - steps) ** 3) / steps**2
    assert np.abs(cubes - 12)[-100:].max() < 1e-9, "of a cube the formula is exact, and a larger step is better"


def test_the_trap_of_a_kink_and_the_price_of_brackets() -> None:
    assert central(lambda x: max(x, 0.0), 1e-6) == pytest.approx(0.55)
    assert 3 * 100**2 == 30_000
    assert 2 * 100**3 + 100**2 == 2_010_000
    assert pytest.approx(67) == 2_010_000 / 30_000


def test_the_graph_of_the_exam() -> None:
    x, y = (torch.tensor(value, requires_grad=True) for value in (2.0, -1.0))
    p = x * y
    ((p + x) * p).backward()
    assert (x.grad.item(), y.grad.item()) == (0.0, -4.0)
