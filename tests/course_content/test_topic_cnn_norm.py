"""The formulas of the chapter on convolutions, from normalisation on, each computed another way.

Where the name of a test doesn't say it, its first line names the heading of the chapter that has the formulas.
"""

import itertools
import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

NORMS = {  # over which axes of (B, C, H, W) each takes its means: fig. 5
    "BatchNorm": (lambda x: functional.batch_norm(x, None, None, training=True, eps=1e-5), (0, 2, 3)),
    "LayerNorm": (lambda x: functional.layer_norm(x, x.shape[1:]), (1, 2, 3)),
    "InstanceNorm": (functional.instance_norm, (2, 3)),
}


@pytest.mark.parametrize(("norm", "axes"), NORMS.values(), ids=NORMS)
def test_what_each_normalisation_averages_over(norm, axes: tuple[int, ...]) -> None:
    """«Нормализация по батчам»."""
    x = 3 + torch.randn(4, 6, 5, 5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    mean, variance = x.mean(axes, keepdim=True), x.var(axes, correction=0, keepdim=True)
    assert torch.allclose(norm(x), (x - mean) / (variance + 1e-5).sqrt())
    grouped = x.view(4, 2, 3, 5, 5)
    mean, variance = grouped.mean((2, 3, 4), keepdim=True), grouped.var((2, 3, 4), correction=0, keepdim=True)
    assert torch.allclose(functional.group_norm(x, 2), ((grouped - mean) / (variance + 1e-5).sqrt()).view_as(x))


def test_the_parts_of_the_gradient_of_a_normalisation() -> None:
    """«Обратный проход: каждое число тянет остальные»: ∂μ, ∂σ², ∂s and ∂x̂ by x, as the chapter has them."""
    x = torch.tensor([1.0, 3, 4, 8, -2], dtype=torch.float64, requires_grad=True)
    m = len(x)
    mu, variance = x.mean(), x.var(correction=0)
    s = (variance + 1e-5).sqrt()
    hat = (x - mu) / s
    slopes = {name: torch.autograd.grad(one, x, retain_graph=True)[0] for name, one in
              (("mu", mu), ("variance", variance), ("s", s))}  # fmt: skip
    assert torch.allclose(slopes["mu"], torch.full_like(x, 1 / m))
    assert torch.allclose(slopes["variance"], 2 / m * (x - mu))
    assert torch.allclose(slopes["s"], hat / m)
    rows = torch.stack([torch.autograd.grad(one, x, retain_graph=True)[0] for one in hat])
    assert torch.allclose(rows, (torch.eye(m) - 1 / m - torch.outer(hat, hat) / m) / s)


def test_four_numbers_normalised_and_their_gradient() -> None:
    x = torch.tensor([1.0, 3, 5, 7], dtype=torch.float64, requires_grad=True)
    answer = functional.batch_norm(x[:, None], None, None, training=True, eps=1e-12)[:, 0]
    assert answer.tolist() == pytest.approx([-1.342, -0.447, 0.447, 1.342], abs=1e-3)
    answer[0].backward()
    assert x.grad.tolist() == pytest.approx([0.134, -0.179, -0.045, 0.089], abs=1e-3)
    assert x.grad.sum().item() == pytest.approx(0, abs=1e-12)


def test_the_gradient_of_a_normalisation() -> None:
    generator = torch.Generator().manual_seed(2)
    x = torch.randn(50, generator=generator, dtype=torch.float64, requires_grad=True)
    g = torch.randn(50, generator=generator, dtype=torch.float64)
    s = (x.var(correction=0) + 0.1).sqrt()
    hat = (x - x.mean()) / s
    (hat * g).sum().backward()
    expected = (g - g.mean() - hat * (g * hat).mean()) / s
    assert torch.allclose(x.grad, expected.detach(), atol=1e-12)


def test_what_scale_and_shift_of_a_normalisation_get() -> None:
    generator = torch.Generator().manual_seed(4)
    layer = nn.BatchNorm1d(3).double()
    x, upstream = (torch.randn(20, 3, generator=generator, dtype=torch.float64) for _ in range(2))
    (layer(x) * upstream).sum().backward()
    hat = (x - x.mean(0)) / (x.var(0, correction=0) + layer.eps).sqrt()
    assert torch.allclose(layer.weight.grad, (upstream * hat).sum(0))
    assert torch.allclose(layer.bias.grad, upstream.sum(0))


def test_the_batch_of_the_exam() -> None:
    layer = nn.BatchNorm1d(1, eps=1e-12).double()
    layer.weight.data.fill_(2)
    layer.bias.data.fill_(1)
    x = torch.tensor([[2.0], [4], [4], [6]], dtype=torch.float64, requires_grad=True)
    answer = layer(x)
    assert answer.flatten().tolist() == pytest.approx([-1.828, 1, 1, 3.828], abs=1e-3)
    (answer.flatten() * torch.tensor([1.0, 0, 0, 1]) / 2).sum().backward()  # g comes to x̂, before γ = 2
    assert x.grad.flatten().tolist() == pytest.approx([0.354, -0.354, -0.354, 0.354], abs=1e-3)
    assert layer.running_mean.item() == pytest.approx(0.4)
    assert layer.running_var.item() == pytest.approx(1.167, abs=1e-3)


def test_what_is_left_of_the_first_statistics() -> None:
    layer = nn.BatchNorm1d(1)
    for _ in range(10):
        layer(torch.tensor([[9.0], [11.0]]))
    assert 1 - layer.running_mean.item() / 10 == pytest.approx(0.35, abs=0.005)
    assert pytest.approx(0.015, abs=0.001) == 0.9**40


def test_the_length_of_the_weights_before_a_normalisation_doesn_t_matter() -> None:
    generator = torch.Generator().manual_seed(3)
    x, upstream = (torch.randn(30, 4, generator=generator, dtype=torch.float64) for _ in range(2))
    base = torch.randn(4, 4, generator=generator, dtype=torch.float64)
    losses, slopes = [], []
    for a in (1.0, 2.0):
        w = (a * base).requires_grad_()
        loss = (functional.batch_norm(x @ w.T, None, None, training=True, eps=1e-12) * upstream).sum()
        loss.backward()
        losses.append(loss.item())
        slopes.append(w.grad)
    assert losses[0] == pytest.approx(losses[1])
    assert torch.allclose(slopes[0], 2 * slopes[1])
    assert (slopes[0] * base).sum().item() == pytest.approx(0, abs=1e-9)
    longer = (base - 0.1 * slopes[0]).norm().item()
    assert longer == pytest.approx(math.hypot(base.norm().item(), 0.1 * slopes[0].norm().item()))


def test_how_a_gradient_grows_through_normalised_layers() -> None:
    z = np.linspace(-12, 12, 200_001)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    mean = np.trapezoid(np.maximum(z, 0) * density, z)
    assert mean == pytest.approx(1 / math.sqrt(2 * math.pi), abs=1e-6)
    sums = np.random.default_rng(0).normal(scale=math.sqrt(2 / 72), size=(20_000, 72)).sum(axis=1)  # Σ w, He's weights
    assert ((mean * sums) ** 2).mean() == pytest.approx(1 / math.pi, rel=0.05)
    variance = 1 - 1 / math.pi
    assert variance == pytest.approx(2 * (0.5 - mean**2), abs=1e-6)
    assert variance == pytest.approx(0.68, abs=0.005)
    assert math.sqrt(variance) == pytest.approx(0.83, abs=0.005)
    assert variance**-0.5 == pytest.approx(1.21, abs=0.005)
    assert 1500 < 1.21**40 < 2500


def test_the_product_along_blocks_with_a_shortcut() -> None:
    """«Обходной путь»: ∏(1 + f) = 1 + Σ f + …, and without it ∏ f."""
    slopes = np.random.default_rng(0).normal(scale=1e-3, size=20)
    assert np.prod(1 + slopes) == pytest.approx(1 + slopes.sum(), abs=20 * 19 * 1e-6)
    small = np.array([0.5, -0.25, 0.1])
    pairs = small[0] * small[1] + small[0] * small[2] + small[1] * small[2]
    assert np.prod(1 + small) == pytest.approx(1 + small.sum() + pairs + small.prod())
    x = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    y, along = x, 1.0
    for weight in small:
        along *= 1 + weight * (1 - math.tanh(y.item()) ** 2)
        y = y + weight * torch.tanh(y)
    y.backward()
    assert x.grad.item() == pytest.approx(along)


def test_slopes_of_random_sign_multiply_to_a_power_of_the_depth() -> None:
    """«Обходной путь»: with f² = c/l the mean square of the product is ∏(1 + c/l), of the order of Lᶜ."""
    c, blocks = 2.0, np.arange(1, 13)
    signs = np.array(list(itertools.product((-1, 1), repeat=len(blocks))))
    products = np.prod(1 + signs * np.sqrt(c / blocks), axis=1)
    assert (products**2).mean() == pytest.approx(np.prod(1 + c / blocks))
    shares = [np.prod(1 + c / np.arange(1, depth + 1)) / depth**c for depth in (40, 400)]
    assert shares == pytest.approx([0.5, 0.5], rel=0.1)


def test_a_shortcut_without_weights_passes_everything() -> None:
    body = nn.Sequential(nn.Conv2d(2, 2, 3, padding=1, bias=False), nn.BatchNorm2d(2))
    nn.init.zeros_(body[1].weight)
    x = torch.rand(3, 2, 4, 4)  # what comes out of a ReLU: not negative
    assert torch.equal(torch.relu(x + body(x)), x)


def test_a_residual_network_of_he_triples_the_mean_square() -> None:
    generator = torch.Generator().manual_seed(4)
    n = 400
    x = torch.randn(64, n, generator=generator)
    first, second = (torch.randn(n, n, generator=generator) * math.sqrt(2 / n) for _ in range(2))
    y = x + (x @ first.T).relu() @ second.T
    assert (y.square().mean() / x.square().mean()).item() == pytest.approx(3, rel=0.1)
    assert pytest.approx(3.5e9, rel=0.01) == 3**20


def test_the_factors_of_blocks_with_a_shortcut_fall() -> None:
    """«Обходной путь»: a normalised correction, so x² grows as l, and f as 1/√l, since F only sees directions."""
    torch.manual_seed(5)
    body = nn.Sequential(nn.Linear(64, 64, bias=False), nn.BatchNorm1d(64))
    x, upstream = torch.randn(128, 64).relu(), torch.randn(128, 64)
    squares, factors = [], []
    for _ in range(32):
        nn.init.kaiming_normal_(body[0].weight)
        x = x.detach().requires_grad_()
        change = body(x)
        factors.append(torch.autograd.grad(change, x, upstream)[0].norm().item())
        x = (x + change).relu()
        squares.append(x.square().mean().item())
    assert squares[31] / squares[7] == pytest.approx(4, rel=0.25)
    assert factors[7] / factors[31] == pytest.approx(2, rel=0.25)
