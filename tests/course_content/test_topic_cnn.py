"""The formulas of the chapter on convolutions, normalisation and shortcuts, each computed another way."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional


def parameters(layer: nn.Module) -> int:
    return sum(one.numel() for one in layer.parameters())


def field(layers: list[tuple[int, int]]) -> int:
    """The receptive field by the rule of the chapter: r grows by (k − 1) · j, then j by s."""
    r = j = 1
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
    return r


def reached(layers: list[tuple[int, int]]) -> int:
    """How many points of the input a gradient reaches from one number of the output."""
    y = x = torch.zeros(1, 1, 300, requires_grad=True)
    for k, s in layers:
        y = functional.conv1d(y, torch.ones(1, 1, k), stride=s)
    y[0, 0, y.shape[-1] // 2].backward()
    where = x.grad[0, 0].nonzero()
    return int(where.max() - where.min()) + 1


def test_the_picture_that_a_kernel_walks_over() -> None:
    image, kernel = torch.tensor([[0.0, 0, 0, 1, 1]] * 5), torch.tensor([[-1.0, 0, 1]] * 3)
    assert functional.conv2d(image[None, None], kernel[None, None])[0, 0].tolist() == [[0, 3, 3]] * 3
    moved = torch.tensor([[0.0, 0, 1, 1, 1]] * 5)  # the blitz: a point to the left
    assert functional.conv2d(moved[None, None], kernel[None, None])[0, 0].tolist() == [[3, 3, 0]] * 3


def test_a_convolution_is_a_matrix_of_zeros_and_repetitions() -> None:
    a, b, c = 2.0, -1.0, 0.5
    matrix = torch.tensor([[a, b, c, 0, 0], [0, a, b, c, 0], [0, 0, a, b, c]])
    x = torch.randn(5, generator=torch.Generator().manual_seed(0))
    found = functional.conv1d(x[None, None], torch.tensor([[[a, b, c]]]))[0, 0]
    assert torch.allclose(found, matrix @ x)


def test_both_gradients_of_a_convolution() -> None:
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(6, 7, generator=generator, dtype=torch.float64, requires_grad=True)
    w = torch.randn(3, 3, generator=generator, dtype=torch.float64, requires_grad=True)
    g = torch.randn(4, 5, generator=generator, dtype=torch.float64)
    (functional.conv2d(x[None, None], w[None, None])[0, 0] * g).sum().backward()
    for u in range(3):
        for v in range(3):
            assert w.grad[u, v].item() == pytest.approx((g * x[u : u + 4, v : v + 5]).sum().item())
    for p, q in ((0, 0), (2, 3), (5, 6), (3, 1)):
        inside = [(u, v) for u in range(3) for v in range(3) if 0 <= p - u < 4 and 0 <= q - v < 5]
        assert x.grad[p, q].item() == pytest.approx(sum((w[u, v] * g[p - u, q - v]).item() for u, v in inside))


def test_a_shift_passes_through() -> None:
    x, w = torch.randn(1, 1, 6, 9), torch.randn(1, 1, 3, 3)
    answer, moved = functional.conv2d(x, w), functional.conv2d(x.roll(1, dims=3), w)
    assert torch.allclose(moved[..., 1:], answer[..., :-1], atol=1e-6)


@pytest.mark.parametrize("n", range(5, 12))
@pytest.mark.parametrize(("k", "s", "p"), [(3, 1, 0), (3, 1, 1), (3, 2, 1), (5, 3, 2), (2, 2, 0), (1, 2, 0)])
def test_the_size_of_a_map(n: int, k: int, s: int, p: int) -> None:
    assert nn.Conv1d(1, 1, k, s, p)(torch.zeros(1, 1, n)).shape[-1] == (n + 2 * p - k) // s + 1


def test_the_first_layer_of_alexnet() -> None:
    assert (227 - 11) // 4 + 1 == (224 + 2 * 2 - 11) // 4 + 1 == 55
    assert (224 - 11) % 4 != 0
    assert parameters(nn.Conv2d(3, 96, 11)) == 34_944
    inputs, outputs = 227 * 227 * 3, 55 * 55 * 96
    assert (inputs, outputs) == (154_587, 290_400)
    assert inputs * outputs == pytest.approx(45e9, rel=0.01)
    assert inputs * outputs / 34_944 > 1e6
    assert 224 * 224 * 3 == 150_528


def test_where_the_weights_of_vgg_lie() -> None:
    channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum(9 * a * b + b for a, b in pairwise(channels))
    first = 7 * 7 * 512 * 4096 + 4096
    dense = first + 4096 * 4096 + 4096 + 4096 * 1000 + 1000
    assert convolutions + dense == 138_357_544
    assert round(dense / 1e6) == 124
    assert round(first / 1e6) == 103


def test_what_bottlenecks_save() -> None:
    def bare(a: int, b: int, k: int) -> int:
        return parameters(nn.Conv2d(a, b, k, bias=False))

    assert bare(192, 32, 5) == 153_600
    assert bare(192, 16, 1) + bare(16, 32, 5) == 15_872
    narrow = [bare(256, 64, 1), bare(64, 64, 3), bare(64, 256, 1)]
    assert narrow == [16_384, 36_864, 16_384]
    assert sum(narrow) == 69_632
    assert 2 * bare(256, 256, 3) == 1_179_648


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([(3, 1), (3, 1)], 5),
        ([(7, 2), (3, 2), (3, 1), (3, 1)], 27),
        ([(7, 1), (3, 1), (3, 1), (3, 1)], 13),
        ([(3, 2), (3, 1), (3, 1)], 11),
        ([(3, 1)] * 20, 41),
        ([(5, 2), (3, 1), (2, 2), (3, 1)], 19),  # the exam's network
    ],
)
def test_receptive_fields(layers: list[tuple[int, int]], expected: int) -> None:
    assert field(layers) == reached(layers) == expected


@pytest.mark.parametrize("depth", [1, 2, 8, 20, 32])
def test_the_influence_spreads_as_a_random_walk(depth: int) -> None:
    share = np.ones(1)
    for _ in range(depth):
        share = np.convolve(share, np.ones(3) / 3)
    away = np.arange(len(share)) - depth
    assert len(share) == 2 * depth + 1
    assert np.sqrt((share * away**2).sum()) == pytest.approx(math.sqrt(2 * depth / 3))


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
    variance = 2 * (0.5 - mean**2)
    assert variance == pytest.approx(0.68, abs=0.005)
    assert math.sqrt(variance) == pytest.approx(0.83, abs=0.005)
    assert variance**-0.5 == pytest.approx(1.21, abs=0.005)
    assert 1500 < 1.21**40 < 2500


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


def test_the_network_of_the_exam() -> None:
    net = nn.Sequential(
        nn.Conv2d(3, 16, 5, 2, 2), nn.Conv2d(16, 32, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip
    x, shapes = torch.zeros(1, 3, 64, 64), []
    for layer in net:
        x = layer(x)
        shapes.append(tuple(x.shape[1:]))
    assert shapes[:4] == [(16, 32, 32), (32, 32, 32), (32, 16, 16), (64, 14, 14)]
    assert [parameters(layer) for layer in net if parameters(layer)] == [1216, 4640, 18_496, 650]
    assert parameters(net) == 25_002


def test_the_questions_to_oneself() -> None:
    assert (32 + 4 - 5) // 2 + 1 == 16
    assert parameters(nn.Conv2d(64, 128, 3)) == 73_856
    assert pytest.approx(1.8, abs=0.02) == 49 / 27
    assert parameters(nn.Conv2d(16, 32, 3)) == 4640
