"""The formulas of the chapter on backpropagation, each computed another way.

Where the name of a test doesn't say it, its first line names the heading of the chapter that has the formulas.
"""

import math
import random
from collections.abc import Callable
from itertools import product

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


def threshold(weights: tuple[float, float], bias: float, x: tuple[int, int]) -> int:
    return int(weights[0] * x[0] + weights[1] * x[1] + bias > 0)


def test_no_line_separates_exclusive_or_and_two_neurons_do() -> None:
    """«Зачем сети глубина»: the two sums of the proof are one number, so that no weights answer all four rows."""
    rows = list(product((0, 1), repeat=2))
    generator = np.random.default_rng(0)
    for w1, w2, b in generator.normal(size=(2000, 3)):
        yes, no = (w2 + b) + (w1 + b), b + (w1 + w2 + b)
        assert yes == pytest.approx(no)
        assert sum(threshold((w1, w2), b, x) == x[0] ^ x[1] for x in rows) <= 3
    for x in rows:
        assert threshold((1, 1), -0.5, x) - threshold((1, 1), -1.5, x) == x[0] ^ x[1]


def test_what_shaking_each_weight_costs() -> None:
    """«Попытка первая: пошевелить каждый вес»."""
    passes = 0

    def loss(weights: list[float]) -> float:
        nonlocal passes
        passes += 1
        return math.prod(weights)

    weights = [1.0, 2.0, 3.0]
    shaken = []
    for place in range(len(weights)):
        up, down = ([w + h * (place == i) for i, w in enumerate(weights)] for h in (1e-5, -1e-5))
        shaken.append((loss(up) - loss(down)) / 2e-5)
    assert shaken == pytest.approx([6, 3, 2])
    assert passes == 2 * len(weights)
    assert 2_000_000 * 1e-3 > 30 * 60  # two million passes of a millisecond: more than half an hour


def test_the_rule_of_the_chain() -> None:
    """«Вдоль пути умножают»."""
    u, du = math.sin, math.cos
    assert central(lambda x: math.exp(u(x)), 0.7) == pytest.approx(math.exp(u(0.7)) * du(0.7), rel=1e-9)
    assert central(lambda x: 2 * (3 * x), 1.0) == pytest.approx(6)


#: A graph of computation: the children of each number with the derivative of the arrow, inputs first.
Arrows = dict[int, list[tuple[int, float]]]


def by_paths(arrows: Arrows, start: int, end: int) -> float:
    """The sum over paths of the products along them."""
    if start == end:
        return 1.0
    return sum(slope * by_paths(arrows, child, end) for child, slope in arrows[start])


def backward(arrows: Arrows, end: int) -> dict[int, float]:
    """The algorithm of the chapter: each number hands on what it has collected, after all that used it."""
    collected = dict.fromkeys(arrows, 0.0)
    collected[end] = 1.0
    for child in sorted(arrows, reverse=True):
        for parent, uses in arrows.items():
            collected[parent] += sum(collected[child] * slope for used, slope in uses if used == child)
    return collected


def forward(arrows: Arrows, start: int) -> dict[int, float]:
    """Forward mode: the derivative of every number by one input."""
    dot = dict.fromkeys(arrows, 0.0)
    dot[start] = 1.0
    for parent in sorted(arrows):
        for child, slope in arrows[parent]:
            dot[child] += dot[parent] * slope
    return dot


def test_along_a_path_multiply_and_over_paths_add() -> None:
    """«По разным путям складывают», «Путей очень много, а стрелок мало», «Алгоритм»."""
    diamond: Arrows = {0: [(1, 2.0)], 1: [(2, 12.0), (3, 1.0)], 2: [(3, 1.0)], 3: []}  # x, a, b, L
    assert backward(diamond, 3) == {3: 1, 2: 1, 1: 13, 0: 26}
    assert central(lambda x: 2 * x + (2 * x) ** 2, 3.0) == pytest.approx(26)
    chance = random.Random(1)
    for _ in range(20):
        graph: Arrows = {
            i: [(j, chance.gauss(0, 1)) for j in range(i + 1, 9) if chance.random() < 0.5] for i in range(9)
        }
        collected = backward(graph, 8)
        assert [collected[i] for i in range(9)] == pytest.approx([by_paths(graph, i, 8) for i in range(9)])


@pytest.mark.parametrize("floors", [10, 20])
def test_a_ladder_has_few_arrows_and_many_paths(floors: int) -> None:
    """«Путей очень много, а стрелок мало»."""
    ladder: Arrows = {floor: [(floor + 1, 1.0)] * 2 for floor in range(floors)} | {floors: []}
    collected = backward(ladder, floors)
    assert [collected[floors - up] for up in range(floors + 1)] == [2**up for up in range(floors + 1)]
    assert sum(map(len, ladder.values())) == 2 * floors
    assert sum(2**floor for floor in range(11)) == 2047  # calls by paths on ten floors
    assert 2**20 > 1e6
    assert 2**30 > 1e9


GATES: dict[str, tuple[Callable, Callable]] = {  # a step and what its inputs get of g; the numbers are 1.3 and −0.7
    "a + b": (lambda a, b: a + b, lambda g, a, b: (g, g)),
    "a · b": (lambda a, b: a * b, lambda g, a, b: (g * b, g * a)),
    "max(a, b), a greater": (torch.maximum, lambda g, a, b: (g, 0.0)),
    "max(a, b), b greater": (lambda a, b: torch.maximum(a, b + 5), lambda g, a, b: (0.0, g)),
    "tanh a": (lambda a, b: torch.tanh(a) + 0 * b, lambda g, a, b: (g * (1 - math.tanh(a) ** 2), 0.0)),
    "aⁿ": (lambda a, b: a**5 + 0 * b, lambda g, a, b: (g * 5 * a**4, 0.0)),
    "a used twice": (lambda a, b: 2 * a + a * b, lambda g, a, b: (2 * g + g * b, g * a)),
}


@pytest.mark.parametrize(("step", "shares"), GATES.values(), ids=GATES)
def test_what_the_inputs_of_a_step_get(step: Callable, shares: Callable) -> None:
    """The table of «Алгоритм», by torch and by a central difference."""
    numbers, g = (1.3, -0.7), 2.0
    a, b = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers)
    step(a, b).backward(torch.tensor(g, dtype=torch.float64))
    wanted = shares(g, *numbers)
    assert (a.grad.item(), b.grad.item()) == pytest.approx(wanted)
    left, right = (torch.tensor(number, dtype=torch.float64) for number in numbers)
    assert g * central(lambda one: step(one, right), left).item() == pytest.approx(wanted[0], abs=1e-8)
    assert g * central(lambda one: step(left, one), right).item() == pytest.approx(wanted[1], abs=1e-8)


def test_tanh_by_its_definition() -> None:
    """«Зачем сети глубина»; and «Алгоритм», where its derivative is that of a fraction, (q² − p²) / q² = 1 − c²."""
    for z in (-2.0, 0.3, 1.7):
        p, q = math.exp(z) - math.exp(-z), math.exp(z) + math.exp(-z)
        assert p / q == pytest.approx(math.tanh(z))
        assert central(math.tanh, z) == pytest.approx((q * q - p * p) / (q * q)) == 1 - math.tanh(z) ** 2


def test_forward_mode_needs_a_pass_for_each_input_and_reverse_one_for_all() -> None:
    """«Почему назад, а не вперёд»."""
    chance = random.Random(2)
    inputs, middle, outputs = range(6), range(6, 10), (10,)
    graph: Arrows = {i: [(j, chance.gauss(0, 1)) for j in middle] for i in inputs}
    graph |= {i: [(10, chance.gauss(0, 1))] for i in middle} | {10: []}
    of_all = backward(graph, *outputs)  # one pass
    by_one = [forward(graph, start)[10] for start in inputs]  # a pass for each input
    assert by_one == pytest.approx([of_all[start] for start in inputs])
    all_outputs = forward(graph, 0)  # and one of forward mode tells of every number that depends on the input
    assert [all_outputs[j] for j in middle] == pytest.approx([slope for _, slope in graph[0]])


def test_the_second_backward_and_parts_of_a_batch() -> None:
    """«Почему второй `backward` даёт не то»."""
    a_bar = x_bar = 0.0
    for _ in range(2):  # a = 2x, L = 3a, and nothing is zeroed
        a_bar += 3
        x_bar += 2 * a_bar
    assert x_bar == 18 == 3 * 6
    x = torch.tensor(1.0, requires_grad=True)
    loss = 3 * (2 * x)
    loss.backward(retain_graph=True)
    loss.backward()
    assert x.grad.item() == 2 * 6
    squares = (x * x).exp()
    squares.backward()
    with pytest.raises(RuntimeError, match="retain_graph"):
        squares.backward()
    examples = torch.randn(6, generator=torch.Generator().manual_seed(0))
    whole, parts = (torch.tensor(0.5, requires_grad=True) for _ in range(2))
    ((whole * examples - 1) ** 2).mean().backward()
    for part in examples.split(2):
        (((parts * part - 1) ** 2).mean() / 3).backward()
    assert parts.grad.item() == pytest.approx(whole.grad.item())


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


def test_an_activation_and_the_weights_of_the_library() -> None:
    """«Слой целиком»: no matrix for an activation, and nn.Linear stores the weights the other way round."""
    y = torch.randn(5, 4, dtype=torch.float64, requires_grad=True)
    upstream = torch.randn(5, 4, dtype=torch.float64)
    torch.tanh(y).backward(upstream)
    assert torch.allclose(y.grad, upstream * (1 - torch.tanh(y.detach()) ** 2))
    layer, x = torch.nn.Linear(3, 4), torch.randn(5, 3)
    assert layer.weight.shape == (4, 3)
    assert torch.allclose(layer(x), x @ layer.weight.T + layer.bias, atol=1e-6)
    assert (100 * 1000) ** 2 == 10**5 * 10**5  # the whole Jacobi matrix of a layer 1000 → 1000, a batch of 100


def test_how_the_errors_of_both_differences_fall() -> None:
    """«Как проверить градиент»: h²f‴/6 on both sides, hf″/2 on one."""
    x = 0.7
    for h in (1e-2, 1e-3):
        assert central(math.sin, x, h) - math.cos(x) == pytest.approx(h**2 / 6 * -math.cos(x), rel=1e-3)
        one_sided = (math.sin(x + h) - math.sin(x)) / h
        assert one_sided - math.cos(x) == pytest.approx(h / 2 * -math.sin(x), rel=0.01)


def test_the_bottom_of_the_letter_u() -> None:
    """«Как проверить градиент»: ε^⅓ and ε^⅔ on both sides, ε^½ twice on one, if f and its derivatives are about 1."""
    epsilon, steps = 1e-16, np.logspace(-12, -1, 4000)
    both, one = steps**2 / 6 + epsilon / steps, steps / 2 + epsilon / steps
    assert 0.5 < steps[both.argmin()] / epsilon ** (1 / 3) < 2
    assert 0.5 < both.min() / epsilon ** (2 / 3) < 2
    assert 0.5 < steps[one.argmin()] / epsilon**0.5 < 2
    assert 0.5 < one.min() / epsilon**0.5 < 2
    assert 0.5 < (1e-7) ** (2 / 3) / 1e-5 < 5  # the bottom in float32
    assert pytest.approx(1e-2) == 1e-7 / 1e-5  # and its error at a step of 1e-5


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
    """«Как проверить градиент», «Почему назад, а не вперёд»."""
    assert central(lambda x: max(x, 0.0), 1e-6) == pytest.approx(0.55)
    row, *layers = (np.random.default_rng(0).normal(size=size) for size in ((1, 4), (4, 4), (4, 4), (4, 4)))
    third, second, first = layers
    assert np.allclose(((row @ third) @ second) @ first, row @ (third @ (second @ first)))
    products = {"row by matrix": 100**2, "matrix by matrix": 100**3}
    assert 3 * products["row by matrix"] == 30_000
    assert 2 * products["matrix by matrix"] + products["row by matrix"] == 2_010_000
    assert pytest.approx(67) == 2_010_000 / 30_000


def test_the_graph_of_the_exam() -> None:
    x, y = (torch.tensor(value, requires_grad=True) for value in (2.0, -1.0))
    p = x * y
    ((p + x) * p).backward()
    assert (x.grad.item(), y.grad.item()) == (0.0, -4.0)


def test_the_neuron_of_the_exam() -> None:
    w, x, b = (torch.tensor(value, requires_grad=True) for value in (1.0, 0.0, 0.0))
    loss = (torch.tanh(w * x + b) - 1) ** 2
    loss.backward()
    assert (loss.item(), b.grad.item(), w.grad.item(), x.grad.item()) == (1, -2, 0, -2)


def test_the_questions_to_oneself() -> None:
    """«Проверьте себя»."""
    a, b, x = (torch.tensor(value, requires_grad=True) for value in (3.0, -1.0, 2.0))
    (2 * a * b).backward()
    assert (a.grad.item(), b.grad.item()) == (-2, 6)
    ((x * x) * x).backward()
    assert x.grad.item() == 12 == 3 * 2**2
