"""What the sketches in «Сложнее» promise, tried: where their numbers are, the tests of the chapters have them."""

import itertools
import math

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional


def test_a_pair_of_value_and_derivative_costs_a_pass_for_each_input() -> None:
    """Topic 1, «Прямой режим»."""
    numbers = np.linspace(0.5, 1.5, 100)
    passes = []
    for chosen in range(100):
        value, slope = 1.0, 0.0
        for place, one in enumerate(numbers):
            value, slope = value * one, value * (place == chosen) + one * slope  # (ab, a db + b da)
        passes.append(slope)
    x = torch.tensor(numbers, requires_grad=True)
    x.prod().backward()  # reverse mode: one
    assert passes == pytest.approx(x.grad.tolist())


def test_memory_for_an_extra_forward_pass() -> None:
    """Topic 1, «Память в обмен на время»: 2√n numbers, and n steps computed again."""
    n, root = 100, 10
    values = [0.3]
    for _ in range(n):
        values.append(math.sin(values[-1]) + 1)
    exact = math.prod(math.cos(value) for value in values[:-1])
    kept = {place: values[place] for place in range(0, n, root)}
    slope, again, most = 1.0, 0, 0
    for start in sorted(kept, reverse=True):
        part = [kept[start]]
        for _ in range(root):
            part.append(math.sin(part[-1]) + 1)
            again += 1
        most = max(most, len(kept) + len(part) - 1)
        slope *= math.prod(math.cos(value) for value in part[:-1])
    assert slope == pytest.approx(exact)
    assert (again, most) == (n, 2 * root)


def test_a_gradient_through_widths_that_grow_and_shrink() -> None:
    """Topic 2: with He's weights by `fan_in` it swings fourfold and stays."""
    generator = torch.Generator().manual_seed(0)
    sizes = {64: [], 256: []}
    for _ in range(30):
        widths = [64, 256] * 3 + [64]
        x = torch.randn(8, 64, generator=generator)
        layers = [torch.randn(m, n, generator=generator) * math.sqrt(2 / n) for n, m in itertools.pairwise(widths)]
        points = [x]
        for w in layers:
            points.append((points[-1] @ w.T).relu().requires_grad_())
        g = torch.randn(8, 64, generator=generator)
        for w, out in zip(reversed(layers), reversed(points[1:]), strict=True):
            g = (g * (out > 0)) @ w
            sizes[g.shape[1]].append(g.square().mean().item())
    assert np.mean(sizes[256]) / np.mean(sizes[64]) == pytest.approx(1 / 4, rel=0.25)
    assert np.mean(sizes[64]) == pytest.approx(1, rel=0.25)


def test_a_self_normalising_activation_draws_to_one() -> None:
    """Topic 2: from a spread of three the signal comes to one within ten or twenty layers, and stays for a hundred."""
    generator = torch.Generator().manual_seed(1)
    x = 3 * torch.randn(300, 128, generator=generator)
    sizes = []
    for _ in range(100):
        x = functional.selu(x @ (torch.randn(128, 128, generator=generator) / math.sqrt(128)))
        sizes.append(x.square().mean().sqrt().item())
    assert sizes[19] == pytest.approx(1, abs=0.2)
    assert max(abs(size - 1) for size in sizes[20:]) < 0.4


def test_two_ways_to_write_nesterov_are_one_path() -> None:
    """Topic 3: x and y of the books, and our θ is their y."""
    lr, mu, curvature = 0.1, 0.8, np.array([1.0, 7.0])
    theta = y = np.array([3.0, -2.0])
    x, v = y, np.zeros(2)
    for _ in range(10):
        g = curvature * theta
        v = mu * v + g
        theta = theta - lr * (g + mu * v)
        x, y = y - lr * curvature * y, y - lr * curvature * y + mu * (y - lr * curvature * y - x)
        assert theta == pytest.approx(y)


@pytest.mark.parametrize(("p", "error"), [(0.1, 0.01), (0.5, 0.1)])
def test_what_dropout_costs_a_logistic_regression(p: float, error: float) -> None:
    """Topic 3: ½ s(1 − s) p/(1 − p) Σ w²x², by all masks of eight inputs."""
    generator = np.random.default_rng(0)
    w, x, y = generator.normal(scale=0.4, size=8), generator.normal(size=8), 1.0
    mean = 0.0
    for mask in itertools.product((0, 1), repeat=8):
        z = (np.array(mask) * x / (1 - p)) @ w
        mean += math.prod(1 - p if one else p for one in mask) * (math.log1p(math.exp(z)) - y * z)
    z = w @ x
    s = 1 / (1 + math.exp(-z))
    plain = math.log1p(math.exp(z)) - y * z
    penalty = s * (1 - s) / 2 * p / (1 - p) * (w**2 @ x**2)
    assert penalty > 0
    assert mean - plain == pytest.approx(penalty, rel=error)


def test_shortcuts_grow_threefold_a_block_or_by_one() -> None:
    """Topic 4, «Обход, который растёт»: three beginnings."""
    for blocks in (5, 20, 100):
        assert (1 + 2 / blocks) ** blocks < math.e**2
    generator = torch.Generator().manual_seed(0)
    x, n = torch.randn(200, 300, generator=generator), 300
    for _ in range(10):
        first, second = (torch.randn(n, n, generator=generator) * math.sqrt(2 / n) for _ in range(2))
        x = x + functional.batch_norm((x @ first.T).relu() @ second.T, None, None, training=True)
    assert x.square().mean().item() == pytest.approx(10 + 1, rel=0.1)


def test_a_shift_by_the_stride_of_the_whole_network_changes_nothing() -> None:
    """Topic 4, «Шаг 2 и сдвиг на одну точку»."""
    torch.manual_seed(0)
    convolutions = [nn.Conv2d(c, 8, 3, padding=1, bias=False) for c in (1, 8, 8)]
    for one in convolutions:
        nn.init.kaiming_normal_(one.weight)
    first, second, third = convolutions
    net = nn.Sequential(
        first, nn.ReLU(), nn.MaxPool2d(2), second, nn.ReLU(), nn.MaxPool2d(2), third, nn.ReLU(), nn.AdaptiveMaxPool2d(1)
    )
    picture = torch.zeros(1, 1, 32, 32)
    picture[..., 12:18, 8:14] = torch.rand(6, 6)
    answers = [net(picture.roll(shift, dims=3)).flatten() for shift in (0, 1, 2, 3, 4)]
    assert torch.allclose(answers[0], answers[4], atol=1e-6)
    assert min((answers[0] - one).abs().max().item() for one in answers[1:4]) > 1e-3


def test_a_normalisation_that_is_used_folds_into_its_convolution() -> None:
    """Topic 4, «Нормализация, которая исчезла»; one that stands before zero borders doesn't."""
    torch.manual_seed(0)
    conv, norm = nn.Conv2d(3, 5, 3, padding=1), nn.BatchNorm2d(5)
    nn.init.uniform_(norm.weight, 0.5, 2)
    nn.init.uniform_(norm.bias)
    norm(conv(torch.randn(8, 3, 6, 6) + 1))
    norm.eval()
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    folded = nn.Conv2d(3, 5, 3, padding=1)
    folded.weight.data = (conv.weight * scale[:, None, None, None]).detach()
    folded.bias.data = (norm.bias + (conv.bias - norm.running_mean) * scale).detach()
    x = torch.randn(2, 3, 6, 6)
    assert torch.allclose(folded(x), norm(conv(x)), atol=1e-5)
    shift = torch.tensor([1.0, 2, 3])[:, None, None]
    before = conv(x + shift)
    whole = functional.conv2d(x, conv.weight, conv.bias + (conv.weight.sum((2, 3)) @ shift[:, 0, 0]), padding=1)
    assert torch.allclose(before[..., 1:-1, 1:-1], whole[..., 1:-1, 1:-1], atol=1e-5)
    assert not torch.allclose(before, whole, atol=1e-2)
