"""The formulas of the chapter on activations, initialisation, losses and the loop, each computed another way.

Where the name of a test doesn't say it, its first line names the heading of the chapter that has the formulas.
"""

import math

import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
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


def test_layers_without_an_activation_are_one() -> None:
    """«Без нелинейности слои складываются в один»."""
    first, second = np.random.default_rng(0).normal(size=(2, 3, 3))
    b1, b2, x = np.random.default_rng(1).normal(size=(3, 3))
    assert np.allclose(second @ (first @ x + b1) + b2, (second @ first) @ x + (second @ b1 + b2))


def test_inputs_of_one_sign_move_all_weights_of_a_neuron_to_one_side() -> None:
    """«Почему сигмоида гасит градиент»: after a sigmoid to one side, after tanh to both; and what float32 forgets."""
    z = torch.randn(20, generator=torch.Generator().manual_seed(0))
    for inputs, sides in ((torch.sigmoid(z), 1), (torch.tanh(z), 2)):
        w = torch.zeros(20, requires_grad=True)
        ((w @ inputs - 1) ** 2).backward()
        assert len(w.grad.sign().unique()) == sides
    assert torch.tensor(1.0) + torch.tensor(1e-12) == 1


STEEPEST = {  # the table of «ReLU: производная ноль или единица»
    "sigmoid": (torch.sigmoid, lambda z: 1 / (1 + (-z).exp()), 0.25),
    "tanh": (torch.tanh, lambda z: (z.exp() - (-z).exp()) / (z.exp() + (-z).exp()), 1),
    "ReLU": (torch.relu, lambda z: z.clamp(min=0), 1),
    "LeakyReLU": (functional.leaky_relu, lambda z: torch.maximum(0.01 * z, z), 1),
    "ELU": (functional.elu, lambda z: torch.where(z > 0, z, z.exp() - 1), 1),
    "GELU": (functional.gelu, lambda z: z * (1 + torch.erf(z / math.sqrt(2))) / 2, 1.13),
}


@pytest.mark.parametrize(("ready", "formula", "steepest"), STEEPEST.values(), ids=STEEPEST)
def test_an_activation_and_its_greatest_derivative(ready, formula, steepest) -> None:
    z = (torch.arange(-4000, 4001, dtype=torch.float64) / 1000).requires_grad_()
    assert torch.allclose(ready(z), formula(z))
    formula(z).sum().backward()
    assert z.grad.max().item() == pytest.approx(steepest, abs=0.005)


def test_a_neuron_that_is_off_everywhere_is_dead() -> None:
    """«ReLU: производная ноль или единица»: and a slope on the left keeps it alive."""
    x = torch.rand(50, 3, generator=torch.Generator().manual_seed(0))
    for activation, alive in ((torch.relu, False), (functional.leaky_relu, True)):
        w, b = torch.ones(3, requires_grad=True), torch.tensor(-10.0, requires_grad=True)
        activation(x @ w + b).sum().backward()
        assert bool(w.grad.any()) == bool(b.grad) == alive


def test_relu_leaves_half_of_the_mean_square() -> None:
    assert expected(np.maximum(Z, 0) ** 2) == pytest.approx(0.5, abs=1e-6)


def test_a_layer_multiplies_the_mean_square_by_n_and_the_variance() -> None:
    generator = torch.Generator().manual_seed(1)
    x = torch.rand(400, generator=generator, dtype=torch.float64) + 1  # neither normal nor of mean zero
    w = 0.1 * torch.randn(20_000, 400, generator=generator, dtype=torch.float64)
    ratio = (w @ x).square().mean() / x.square().mean()
    assert ratio.item() == pytest.approx(400 * 0.01, rel=6 * math.sqrt(2 / 20_000))
    assert 0.1 * math.sqrt(400) == pytest.approx(2)
    assert 0.05 * math.sqrt(400) == pytest.approx(1)
    assert pytest.approx(1000, rel=0.03) == 2**10


def test_the_gradient_on_its_way_back() -> None:
    """«Инициализация Ксавье»: it is multiplied by σ√n_out; «Инициализация Хе»: a ReLU passes half of its square."""
    generator = torch.Generator().manual_seed(2)
    w = 0.1 * torch.randn(20_000, 50, generator=generator, dtype=torch.float64)  # n_in, n_out
    upstream = torch.randn(50, generator=generator, dtype=torch.float64)
    ratio = (w @ upstream).square().mean() / upstream.square().mean()
    assert ratio.item() == pytest.approx(50 * 0.01, rel=6 * math.sqrt(2 / 20_000))
    z = torch.randn(200_000, generator=generator, dtype=torch.float64, requires_grad=True)
    torch.relu(z).backward(torch.ones_like(z))
    assert z.grad.square().mean().item() == pytest.approx(0.5, abs=0.01)


def test_the_spread_of_xavier_and_of_he() -> None:
    """«Инициализация Ксавье», «Инициализация Хе»: by their equations, and as the library draws them."""
    n_in, n_out = 400, 100
    assert (n_in + n_out) / 2 * (2 / (n_in + n_out)) == 1
    assert n_in * (2 / n_in) / 2 == 1
    w = torch.empty(n_out, n_in, dtype=torch.float64)
    generator = torch.Generator().manual_seed(0)
    torch.nn.init.xavier_normal_(w, generator=generator)
    assert w.var().item() == pytest.approx(2 / (n_in + n_out), rel=0.05)
    torch.nn.init.xavier_uniform_(w, generator=generator)
    assert w.abs().max().item() == pytest.approx(math.sqrt(6 / (n_in + n_out)), rel=0.01)
    torch.nn.init.kaiming_normal_(w, nonlinearity="relu", generator=generator)
    assert w.var().item() == pytest.approx(2 / n_in, rel=0.05)
    assert math.sqrt(1 / 2) == pytest.approx(0.71, abs=0.005)
    assert math.sqrt(1 / 2) ** 30 == pytest.approx(2**-15) == pytest.approx(3e-5, rel=0.05)
    assert math.sqrt(128) == pytest.approx(11.3, abs=0.05)
    assert 0.01 * math.sqrt(128) == pytest.approx(0.11, abs=0.005)


@pytest.mark.parametrize(
    ("std", "predicted"), [(1.0, 4.1e31), (math.sqrt(2 / 256), 1.0), (1 / 16, 3.05e-5), (0.01, 4.1e-29)]
)
def test_thirty_layers_are_predicted_in_one_line(std: float, predicted: float) -> None:
    assert (std * math.sqrt(256 / 2)) ** 30 == pytest.approx(predicted, rel=0.02)
    assert pytest.approx(14_000, rel=0.02) == 1.1**100
    assert math.log10((1 / 0.01) ** 30) == pytest.approx(60)  # orders of magnitude from the least to the greatest


def test_the_bounds_of_a_uniform_distribution() -> None:
    bound = math.sqrt(6 / 500)
    grid = np.linspace(-bound, bound, 100_001)
    assert np.trapezoid(grid**2, grid) / (2 * bound) == pytest.approx(2 / 500, rel=1e-6)


def test_a_loss_is_the_logarithm_of_a_likelihood() -> None:
    """«Функцию потерь выводят из правдоподобия»: normal noise gives the square, Laplace's the absolute value."""
    y, tau = 1.0, 0.7
    answers = torch.tensor([-2.0, 0.5, 1.0, 4.0], dtype=torch.float64)
    for noise, loss in (
        (torch.distributions.Normal(answers, tau), (y - answers) ** 2 / (2 * tau**2)),
        (torch.distributions.Laplace(answers, tau), (y - answers).abs() / tau),
    ):
        rest = -noise.log_prob(torch.tensor(y, dtype=torch.float64)) - loss
        assert torch.allclose(rest, rest[0].expand(4))  # a constant, whatever the network answers


def test_a_network_that_knows_nothing_loses_the_logarithm_of_the_classes() -> None:
    """«Здоров ли цикл»: with zeros in the last layer; and a last layer of zeros does learn."""
    for classes, loss in ((10, 2.303), (1000, 6.908)):
        zeros = torch.zeros(4, classes)
        assert functional.cross_entropy(zeros, torch.arange(4)).item() == pytest.approx(loss, abs=1e-3)
        assert math.log(classes) == pytest.approx(loss, abs=1e-3)
    x, last = torch.randn(6, 5, generator=torch.Generator().manual_seed(0)), torch.zeros(3, 5, requires_grad=True)
    functional.cross_entropy(x @ last.T, torch.tensor([0, 0, 1, 1, 2, 2])).backward()
    assert len(last.grad.unique(dim=0)) == 3
    assert len(last.grad.T.unique(dim=0)) == 5


def test_what_weights_of_he_in_the_last_layer_lose_at_the_start() -> None:
    """«Здоров ли цикл»: more than ln 10, and sometimes twice as much."""
    digits = load_digits()
    y = torch.tensor(digits.target)
    x = torch.tensor(digits.data, dtype=torch.float32)
    losses = []
    for seed in range(60):
        generator, signal = torch.Generator().manual_seed(seed), (x - x.mean()) / x.std()
        for outputs in (64, 64, 64, 10):
            w = math.sqrt(2 / 64) * torch.randn(outputs, 64, generator=generator)
            signal = signal @ w.T if outputs == 10 else torch.relu(signal @ w.T)
        losses.append(functional.cross_entropy(signal, y).item())
    assert min(losses) > math.log(10)
    assert max(losses) == pytest.approx(2 * math.log(10), rel=0.1)


def test_cross_entropy_and_its_derivative() -> None:
    """«Функцию потерь выводят из правдоподобия»: ln Σ − z, its bounds, and probability minus truth."""
    z = torch.randn(50, 7, generator=torch.Generator().manual_seed(0), dtype=torch.float64, requires_grad=True)
    y = torch.arange(50) % 7
    losses = functional.cross_entropy(z, y, reduction="none")
    losses.sum().backward()
    free = z.detach()
    summed = free.exp().sum(1).log()
    assert torch.allclose(losses.detach(), summed - free[torch.arange(50), y])
    assert torch.allclose(losses.detach(), -(free.exp() / free.exp().sum(1, keepdim=True))[torch.arange(50), y].log())
    above = summed - free.max(1).values
    assert above.min() > 0
    assert above.max() <= math.log(7)
    assert torch.allclose(z.grad, free.softmax(1) - functional.one_hot(y, 7))
    assert z.grad.sum(1).abs().max().item() < 1e-12
    for m in (-3.0, 0.5, 20.0):
        assert torch.allclose(m + (free - m).exp().sum(1).log(), summed)


def test_a_short_last_batch_weighs_less() -> None:
    """«Цикл обучения»."""
    sizes, losses = (2, 2, 1), (1.0, 1.0, 4.0)
    assert sum(losses) / 3 == 2
    assert sum(size * loss for size, loss in zip(sizes, losses, strict=True)) / sum(sizes) == pytest.approx(1.6)


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
    assert square_slope.item() == pytest.approx((2 * (p - 1) * p * (1 - p)).item())
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


def test_the_questions_to_oneself() -> None:
    """«Проверьте себя»."""
    assert 0.1 * math.sqrt(900 / 2) == pytest.approx(2.12, abs=0.005)
    assert math.sqrt(2 / 900) == pytest.approx(0.047, abs=0.0005)
    z = torch.tensor([[2.0, 2.0]], requires_grad=True)
    loss = functional.cross_entropy(z, torch.tensor([0]))
    loss.backward()
    assert loss.item() == pytest.approx(0.693, abs=1e-3)
    assert z.grad.tolist() == [[-0.5, 0.5]]
