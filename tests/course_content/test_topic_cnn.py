"""The formulas of the chapter on convolutions up to the architectures, each computed another way; the rest is beside.

Where the name of a test doesn't say it, its first line names the heading of the chapter that has the formulas.
"""

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


def test_a_kernel_takes_all_channels_of_the_input() -> None:
    """«Одни и те же веса в каждом месте»: the sum over channels too; one by one, it is a linear layer at each point."""
    generator = torch.Generator().manual_seed(0)
    x, w, b = (torch.randn(size, generator=generator, dtype=torch.float64) for size in ((3, 6, 5), (4, 3, 2, 2), (4,)))
    answer = functional.conv2d(x[None], w, b)[0]
    assert answer.shape == (4, 5, 4)
    for o, i, j in ((0, 0, 0), (3, 4, 3), (2, 1, 2)):
        assert answer[o, i, j].item() == pytest.approx((w[o] * x[:, i : i + 2, j : j + 2]).sum().item() + b[o].item())
    assert nn.Conv2d(256, 1, 3, bias=False).weight.numel() == 9 * 256 == 2304
    point = torch.randn(4, 3, 1, 1, generator=generator, dtype=torch.float64)
    assert torch.allclose(functional.conv2d(x[None], point)[0], torch.einsum("oc,cij->oij", point[..., 0, 0], x))
    assert pytest.approx(150e6, rel=0.01) == 224 * 224 * 3 * 1000


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
    turned = functional.conv2d(functional.pad(g, (2, 2, 2, 2))[None, None], w.detach().rot90(2)[None, None])[0, 0]
    assert torch.allclose(x.grad, turned)  # backwards goes a convolution with the kernel turned by half
    for p, q in ((0, 0), (2, 3), (5, 6), (3, 1)):
        inside = [(u, v) for u in range(3) for v in range(3) if 0 <= p - u < 4 and 0 <= q - v < 5]
        assert x.grad[p, q].item() == pytest.approx(sum((w[u, v] * g[p - u, q - v]).item() for u, v in inside))


def test_a_shift_passes_through() -> None:
    x, w = torch.randn(1, 1, 6, 9), torch.randn(1, 1, 3, 3)
    answer, moved = functional.conv2d(x, w), functional.conv2d(x.roll(1, dims=3), w)
    assert torch.allclose(moved[..., 1:], answer[..., :-1], atol=1e-6)
    spot = torch.zeros(1, 1, 12, 12)
    spot[..., 3:6, 3:6] = torch.rand(3, 3)  # far from the borders
    for forget in (functional.adaptive_avg_pool2d, functional.adaptive_max_pool2d):
        maps = [forget(functional.conv2d(one, w), 1) for one in (spot, spot.roll(2, dims=3))]
        assert torch.allclose(*maps, atol=1e-6)  # what forgets the place doesn't notice the shift


@pytest.mark.parametrize("n", range(5, 12))
@pytest.mark.parametrize(("k", "s", "p"), [(3, 1, 0), (3, 1, 1), (3, 2, 1), (5, 3, 2), (2, 2, 0), (1, 2, 0)])
def test_the_size_of_a_map(n: int, k: int, s: int, p: int) -> None:
    assert nn.Conv1d(1, 1, k, s, p)(torch.zeros(1, 1, n)).shape[-1] == (n + 2 * p - k) // s + 1


@pytest.mark.parametrize("n", [7, 8, 15, 16])
def test_which_borders_keep_a_size_and_which_stride_halves_it(n: int) -> None:
    """«Размер карты и число весов»."""
    for k in (1, 3, 5, 7):
        assert nn.Conv1d(1, 1, k, padding=(k - 1) // 2)(torch.zeros(1, 1, n)).shape[-1] == n
    assert nn.Conv1d(1, 1, 3, 2, 1)(torch.zeros(1, 1, n)).shape[-1] == math.ceil(n / 2)


def test_weights_know_no_size_of_the_picture_and_multiplications_do() -> None:
    """«Размер карты и число весов»: k² C_in C_out + C_out, and k² C_in C_out H_out W_out."""
    for c_in, c_out, k in ((3, 8, 3), (16, 32, 5), (8, 4, 1)):
        assert parameters(nn.Conv2d(c_in, c_out, k)) == k**2 * c_in * c_out + c_out
    x, w = torch.ones(1, 3, 6, 7), torch.ones(8, 3, 3, 3)
    answer = functional.conv2d(x, w)  # of ones: each number of the answer counts its products
    assert answer.sum().item() == 3**2 * 3 * 8 * answer.shape[2] * answer.shape[3]


def test_where_a_gradient_goes_through_pooling() -> None:
    """«Размер карты и число весов»: the greatest takes all, the mean gives to each alike."""
    for pool, shares in ((functional.max_pool2d, [0, 0, 1, 0]), (functional.avg_pool2d, [0.25] * 4)):
        x = torch.tensor([[1.0, 2.0], [5.0, 3.0]], requires_grad=True)
        pool(x[None, None], 2).sum().backward()
        assert x.grad.flatten().tolist() == shares


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
    assert (bare(8, 8, 7), 3 * bare(8, 8, 3)) == (49 * 8**2, 27 * 8**2)
    assert pytest.approx(10, rel=0.04) == 153_600 / 15_872
    assert pytest.approx(20, rel=0.02) == 138 / 7


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([(3, 1), (3, 1)], 5),
        ([(3, 1)] * 3, 7),
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


def test_the_paths_to_the_middle_and_to_a_corner() -> None:
    """«Откуда на самом деле приходит влияние»."""
    ones = torch.ones(1, 1, 3, 3)
    paths = functional.conv2d(torch.nn.functional.pad(ones, (2, 2, 2, 2)), ones)[0, 0]
    assert paths.shape == (5, 5)
    assert (paths[2, 2].item(), paths[0, 0].item()) == (9, 1)
    assert 15**2 / 41**2 < 1 / 7


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
