"""The formulas of the chapter on activations, initialisation, losses and the loop, each computed another way."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional

Z = np.linspace(-12, 12, 200_001)
DENSITY = np.exp(-(Z**2) / 2) / math.sqrt(2 * math.pi)
SIGMOID = 1 / (1 + np.exp(-Z))
SLOPE = SIGMOID * (1 - SIGMOID)


def expected(values):
    """The mean of a function of a standard normal number."""
    return float(np.trapezoid(values * DENSITY, Z))


def test_the_sigmoid_keeps_at_most_a_quarter() -> None:
    assert np.allclose(np.gradient(SIGMOID, Z), SLOPE, atol=1e-6)
    assert SLOPE.max() == pytest.approx(0.25)
    assert SLOPE[np.searchsorted(Z, 5)] == pytest.approx(0.0066, abs=1e-4)
    assert pytest.approx(3.6e-12, rel=0.02) == 0.25**19


def test_gelu_is_steeper_than_one_at_most_by_an_eighth() -> None:
    x = torch.linspace(-4, 4, 4001, dtype=torch.float64, requires_grad=True)
    functional.gelu(x).sum().backward()
    assert x.grad.max().item() == pytest.approx(1.13, abs=0.005)


def test_relu_leaves_half_of_the_mean_square() -> None:
    assert expected(np.maximum(Z, 0) ** 2) == pytest.approx(0.5, abs=1e-6)


def test_a_layer_multiplies_the_mean_square_by_n_and_the_variance() -> None:
    generator = torch.Generator().manual_seed(1)
    x = torch.rand(400, generator=generator, dtype=torch.float64) + 1  # neither normal nor of mean zero
    w = 0.1 * torch.randn(20_000, 400, generator=generator, dtype=torch.float64)
    ratio = (w @ x).square().mean() / x.square().mean()
    assert ratio.item() == pytest.approx(400 * 0.01, rel=6 * math.sqrt(2 / 20_000))
    assert 0.1 * math.sqrt(400) == pytest.approx(2)


@pytest.mark.parametrize(
    ("std", "predicted"), [(1.0, 4.1e31), (math.sqrt(2 / 256), 1.0), (1 / 16, 3.05e-5), (0.01, 4.1e-29)]
)
def test_thirty_layers_are_predicted_in_one_line(std: float, predicted: float) -> None:
    assert (std * math.sqrt(256 / 2)) ** 30 == pytest.approx(predicted, rel=0.02)


def test_the_bounds_of_a_uniform_distribution() -> None:
    bound = math.sqrt(6 / 500)
    grid = np.linspace(-bound, bound, 100_001)
    assert np.trapezoid(grid**2, grid) / (2 * bound) == pytest.approx(2 / 500, rel=1e-6)


def test_three_classes_on_paper() -> None:
    z = torch.tensor([[0.0, math.log(2), math.log(5)]], requires_grad=True, dtype=torch.float64)
    loss = functional.cross_entropy(z, torch.tensor([1]))
    loss.backward()
    assert loss.item() == pytest.approx(1.386, abs=1e-3)
    assert z.grad.tolist()[0] == pytest.approx([0.125, -0.75, 0.625])


def test_sure_and_wrong() -> None:
    z = torch.tensor(-5.0, requires_grad=True, dtype=torch.float64)
    p = torch.sigmoid(z)
    (log_slope,) = torch.autograd.grad(-p.log(), z, retain_graph=True)
    (square_slope,) = torch.autograd.grad((p - 1) ** 2, z)
    assert log_slope.item() == pytest.approx(-0.993, abs=1e-3)
    assert square_slope.item() == pytest.approx(-0.0132, abs=1e-4)
    assert log_slope.item() / square_slope.item() == pytest.approx(75, abs=0.5)


def test_log_sum_exp_in_numbers() -> None:
    assert torch.tensor(89.0).exp().isinf()
    assert torch.tensor(88.0).exp().isfinite()
    assert torch.logsumexp(torch.tensor([1000.0, 998.0], dtype=torch.float64), 0).item() == pytest.approx(
        1000.127, abs=1e-3
    )
    assert torch.logsumexp(torch.tensor([-1000.0, -1001.0], dtype=torch.float64), 0).item() == pytest.approx(
        -999.687, abs=1e-3
    )


def test_softmax_twice_is_never_sure() -> None:
    sure = torch.zeros(1, 10)
    sure[0, 3] = 1
    assert sure.softmax(1)[0, 3].item() == pytest.approx(0.23, abs=0.005)
    assert sure.softmax(1)[0, 0].item() == pytest.approx(0.085, abs=0.0005)
    assert functional.cross_entropy(sure, torch.tensor([3])).item() == pytest.approx(1.46, abs=0.005)
    assert torch.allclose(sure.log_softmax(1).log_softmax(1), sure.log_softmax(1)), "twice is once for log_softmax"


def test_a_sigmoid_is_the_softmax_of_two() -> None:
    z = torch.linspace(-5, 5, 11, dtype=torch.float64)
    assert torch.allclose(torch.stack([z, torch.zeros_like(z)], dim=1).softmax(1)[:, 0], z.sigmoid())


@pytest.mark.parametrize("alike_above", [True, False])
def test_twins_stay_twins_if_the_next_layer_is_alike(alike_above: bool) -> None:
    generator = torch.Generator().manual_seed(1)
    x, y = torch.randn(6, 4, generator=generator), torch.tensor([0, 0, 0, 1, 1, 2])
    first = torch.full((5, 4), 0.5, requires_grad=True)
    second = torch.full((3, 5), 0.5) if alike_above else torch.randn(3, 5, generator=generator)
    functional.cross_entropy(torch.tanh(x @ first.T) @ second.T, y).backward()
    assert torch.allclose(first.grad, first.grad[:1].expand(5, 4)) == alike_above


def test_zeros_learn_the_frequencies_alone() -> None:
    net = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.ReLU(), torch.nn.Linear(5, 3))
    for parameter in net.parameters():
        torch.nn.init.zeros_(parameter)
    functional.cross_entropy(net(torch.randn(6, 4)), torch.tensor([0, 0, 0, 0, 1, 2])).backward()
    moving = [name for name, parameter in net.named_parameters() if parameter.grad.abs().max() > 0]
    assert moving == ["2.bias"]


def test_the_numbers_of_the_harder_problems() -> None:
    negative = np.where(Z <= 0, np.exp(np.minimum(Z, 0)) - 1, 0)
    alpha = -expected(np.maximum(Z, 0)) / expected(negative)
    scale = expected(np.where(Z > 0, Z, alpha * negative) ** 2) ** -0.5
    assert alpha == pytest.approx(1.6733, abs=1e-3)
    assert scale == pytest.approx(1.0507, abs=1e-3)
    assert expected(SLOPE**2) == pytest.approx(0.045, abs=1e-3)
    assert expected(SIGMOID**2) == pytest.approx(0.29, abs=5e-3)
    assert expected((SIGMOID - 0.5) ** 2) == pytest.approx(0.043, abs=1e-3)


def test_the_network_of_the_exam() -> None:
    first, second = 0.1 * math.sqrt(50), 0.1 * math.sqrt(200)
    assert [round(first, 3), round(first * second, 3), round(first * second**2, 3)] == [0.707, 1.0, 1.414]
    p = np.array([3, 1, 4]) / 8
    assert -math.log(p[0]) == pytest.approx(0.981, abs=1e-3)
