"""The formulas of the chapter on optimisation and dropout, each computed another way.

Where the name of a test doesn't say it, its first line names the heading of the chapter that has the formulas.
"""

import itertools
import math

import numpy as np
import pytest
import torch
from torch.nn import functional

CURVATURES = np.array([1.0, 100.0])


def momentum_matrix(lr: float, mu: float, curvature: float) -> np.ndarray:
    """One step of momentum on a parabola, as a matrix on (point, previous point)."""
    return np.array([[1 + mu - lr * curvature, -mu], [1.0, 0.0]])


def factor(lr: float, mu: float) -> float:
    """By which the slowest coordinate of the ravine shrinks in a step of momentum, in the long run."""
    return max(np.abs(np.linalg.eigvals(momentum_matrix(lr, mu, one))).max() for one in CURVATURES)


def adam_steps(gradients: list[float], beta1: float = 0.9, beta2: float = 0.999, corrected: bool = True) -> list[float]:
    """Steps of Adam in parts of the learning rate."""
    m = v = 0.0
    steps = []
    for t, g in enumerate(gradients, 1):
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        first, second = (1 - beta1**t, 1 - beta2**t) if corrected else (1, 1)
        steps.append(m / first / math.sqrt(v / second))
    return steps


def test_the_noise_of_a_batch_goes_like_its_root() -> None:
    generator = np.random.default_rng(0)
    single = generator.exponential(size=40_000)
    of_sixteen = single.reshape(-1, 16).mean(1)
    assert single.std() / of_sixteen.std() == pytest.approx(4, rel=0.06)


def test_every_batch_is_right_on_average() -> None:
    """«Градиент по горстке примеров»: over all batches without repetition, whose spread is less than σ²/B."""
    gradients = np.array([3.0, -1, 4, 1, -5, 9])
    for size in (1, 2, 3, 5):
        batches = np.array([np.mean(rows) for rows in itertools.combinations(gradients, size)])
        assert batches.mean() == pytest.approx(gradients.mean())
        assert batches.var() <= gradients.var() / size + 1e-9
    repeated = np.array([np.mean(rows) for rows in itertools.product(gradients, repeat=3)])
    assert repeated.var() == pytest.approx(gradients.var() / 3)


def test_the_bound_of_a_step() -> None:
    """«Почему спуск идёт так медленно»: a coordinate of curvature h is multiplied by 1 − ηh, and 2/h is too much."""
    for lr, curvature in ((0.3, 2.0), (0.9, 2.0), (0.05, 10.0)):
        point = 3.0
        point -= lr * (curvature * point)
        assert point == pytest.approx(3.0 * (1 - lr * curvature))
    for lr, converges in ((0.999, True), (1.001, False)):
        assert (abs(1 - lr * 2.0) < 1) == converges


def test_a_turn_of_the_axes_changes_nothing_for_descent() -> None:
    """«Почему спуск идёт так медленно»: a symmetric matrix is a ravine in the axes of its eigenvectors."""
    a = np.random.default_rng(0).normal(size=(4, 4))
    a = a @ a.T
    curvatures, axes = np.linalg.eigh(a)
    point = np.array([1.0, -2, 0.5, 3])
    turned = axes.T @ point
    assert point @ a @ point / 2 == pytest.approx(curvatures @ turned**2 / 2)
    for _ in range(5):
        point, turned = point - 0.05 * a @ point, (1 - 0.05 * curvatures) * turned
    assert axes.T @ point == pytest.approx(turned)


def test_the_gradient_does_not_point_at_the_minimum() -> None:
    down, home = np.array([9.0, -100.0]), np.array([9.0, -1.0])
    angle = math.degrees(math.acos(down @ home / np.linalg.norm(down) / np.linalg.norm(home)))
    assert 78 < angle < 79


def test_the_best_step_of_descent() -> None:
    rates = np.linspace(0.0001, 0.02, 20_000)
    worst = np.abs(1 - rates[:, None] * CURVATURES).max(1)
    assert rates[worst.argmin()] == pytest.approx(2 / 101, abs=2e-6)
    assert worst.min() == pytest.approx(99 / 101, abs=1e-5)
    assert math.log(1000) / -math.log(99 / 101) == pytest.approx(345, abs=1)
    for low, high in ((1, 100), (2, 8), (3, 50)):
        kappa, step = high / low, 2 / (low + high)
        assert 1 - step * low == pytest.approx((kappa - 1) / (kappa + 1)) == pytest.approx(step * high - 1)
    for kappa in (1e3, 1e4):
        assert (kappa - 1) / (kappa + 1) == pytest.approx(1 - 2 / kappa, abs=3 / kappa**2)
        assert math.log(1000) / -math.log((kappa - 1) / (kappa + 1)) == pytest.approx(3.45 * kappa, rel=0.01)


def test_momentum_is_a_recurrence_with_a_characteristic_equation() -> None:
    """«Момент помнит, куда шёл»."""
    mu, lr, curvature = 0.7, 0.05, 3.0
    theta, v, path = 1.0, 0.0, [1.0]
    for _ in range(20):
        v = mu * v + curvature * theta
        theta -= lr * v
        path.append(theta)
    for before, now, then in zip(path, path[1:], path[2:], strict=False):
        assert then == pytest.approx((1 + mu - lr * curvature) * now - mu * before)
    roots = np.roots([1, -(1 + mu - lr * curvature), mu])
    assert np.prod(roots) == pytest.approx(mu)
    assert np.abs(roots) == pytest.approx([math.sqrt(mu)] * 2)
    start = np.linalg.solve([[1, 1], roots], path[:2])
    assert (start * roots**20).sum().real == pytest.approx(path[20])


def test_a_step_of_nesterov() -> None:
    """«Момент помнит, куда шёл»: g + μv in place of v, as the library has it."""
    theta = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.1, momentum=0.8, nesterov=True)
    ours, v = 1.0, 0.0
    for g in (2.0, -1.0, 0.5):
        v = 0.8 * v + g
        ours -= 0.1 * (g + 0.8 * v)
        theta.grad = torch.full((1,), g, dtype=torch.float64)
        optimizer.step()
    assert theta.item() == pytest.approx(ours)


def test_all_curvatures_shrink_alike_while_the_roots_are_complex() -> None:
    mu, lr = 0.81, 0.01
    for curvature in (1.1, 10, 100, 300):  # (1 - 0.9)² < 0.01 h < (1 + 0.9)²
        assert np.abs(np.linalg.eigvals(momentum_matrix(lr, mu, curvature))) == pytest.approx([0.9, 0.9])
    assert np.abs(np.linalg.eigvals(momentum_matrix(lr, mu, 0.5))).max() > 0.9
    assert np.abs(np.linalg.eigvals(momentum_matrix(0.0379, 0.9, 100))).max() < 1  # the bound: ηh < 2 + 2μ
    assert np.abs(np.linalg.eigvals(momentum_matrix(0.0381, 0.9, 100))).max() > 1


def test_the_best_momentum_has_the_root_of_the_condition_number() -> None:
    mu, lr = (9 / 11) ** 2, (2 / 11) ** 2
    assert lr == pytest.approx((1 - math.sqrt(mu)) ** 2 / 1) == pytest.approx(4 / (math.sqrt(100) + math.sqrt(1)) ** 2)
    assert lr * 100 == pytest.approx((1 + math.sqrt(mu)) ** 2)
    assert factor(lr, mu) == pytest.approx(9 / 11, abs=1e-6)
    others = [
        factor(lr * a, mu * b) for a, b in itertools.product((0.9, 1.0, 1.1), (0.9, 1.0, 1.1)) if (a, b) != (1, 1)
    ]
    assert min(others) > 9 / 11
    assert math.log(1000) / -math.log(9 / 11) == pytest.approx(34, abs=0.5)


def test_what_the_velocity_comes_to() -> None:
    steady = turning = 0.0
    for number in range(200):
        steady, turning = 0.9 * steady + 1, 0.9 * turning + (-1) ** number
    assert steady == pytest.approx(10)
    assert abs(turning) == pytest.approx(1 / 1.9)


def test_the_step_of_adagrad_dies_as_one_over_the_root() -> None:
    """«Adam: каждому параметру свой масштаб»: at an even gradient, whatever its size; an average forgets instead."""
    for size in (0.01, 5.0):
        theta = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.Adagrad([theta], lr=0.1, eps=0)
        average = 0.0
        for t in range(1, 401):
            before = theta.item()
            theta.grad = torch.full((1,), size, dtype=torch.float64)
            optimizer.step()
            average = 0.9 * average + 0.1 * size**2
            assert before - theta.item() == pytest.approx(0.1 / math.sqrt(t))
        assert size / math.sqrt(average) == pytest.approx(1)  # RMSProp: the step doesn't die


def test_the_weights_in_an_average_and_their_sum() -> None:
    """«Откуда поправки»."""
    beta, gradients = 0.9, np.random.default_rng(0).normal(size=12)
    m = 0.0
    for g in gradients:
        m = beta * m + (1 - beta) * g
    weights = (1 - beta) * beta ** np.arange(11, -1, -1)
    assert m == pytest.approx(weights @ gradients)
    assert weights.sum() == pytest.approx(1 - beta**12)
    for t in (1, 10, 100):
        assert 1 - 0.999**t < 1 - 0.9**t


def test_adam_in_numbers() -> None:
    assert adam_steps([0.003]) == pytest.approx([1])
    assert adam_steps([300.0]) == pytest.approx([1])
    assert adam_steps([1.0] * 10, corrected=False)[0] == pytest.approx(3.16, abs=0.01)
    assert adam_steps([1.0] * 10, corrected=False)[9] == pytest.approx(6.5, abs=0.05)
    gradients = list(np.random.default_rng(1).standard_normal(20))
    assert adam_steps([0.001 * g for g in gradients]) == pytest.approx(adam_steps(gradients))


def test_two_steps_of_adam_by_hand() -> None:
    first, second = adam_steps([4, 0], 0.5, 0.75)
    assert 1 - 0.1 * first == pytest.approx(0.9)
    assert 0.1 * second == pytest.approx(0.0509, abs=1e-4)
    theta = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.Adam([theta], lr=0.1, betas=(0.5, 0.75), eps=0)
    for gradient in (4.0, 0.0):
        theta.grad = torch.tensor([gradient])
        optimizer.step()
    assert theta.item() == pytest.approx(0.849, abs=1e-3)


def test_l2_in_sgd_is_decay_and_in_adam_is_not() -> None:
    moved = {}
    for name, make, decay in (
        ("SGD", torch.optim.SGD, 0.5),
        ("Adam", torch.optim.Adam, 0.5),
        ("AdamW", torch.optim.AdamW, 0.5),
        ("none", torch.optim.Adam, 0.0),
    ):
        theta = torch.ones(1, dtype=torch.float64, requires_grad=True)
        optimizer = make([theta], lr=0.1, weight_decay=decay)
        theta.grad = torch.full((1,), 3.0, dtype=torch.float64)
        optimizer.step()
        moved[name] = theta.item()
    assert moved["SGD"] == pytest.approx((1 - 0.1 * 0.5) - 0.1 * 3)
    assert moved["AdamW"] == pytest.approx(moved["none"] - 0.1 * 0.5)
    assert moved["Adam"] == pytest.approx(moved["none"])  # the first step is lr, whatever was added


def test_what_the_divided_decay_of_adam_takes() -> None:
    """«Затухание весов, которое не делится»: ηλθ/√(s² + λ²θ²) a step, and what is left of it in the chapter's run."""
    generator = np.random.default_rng(5)
    decay, theta = 0.1, 1.0
    for noise in (10.0, 1.0, 0.1):
        m, v, steps = np.zeros(4000), np.zeros(4000), []
        for t in range(1, 1501):
            g = noise * generator.standard_normal(4000) + decay * theta
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            if t > 1000:
                steps.append((m / (1 - 0.9**t) / np.sqrt(v / (1 - 0.999**t))).mean())
        assert np.mean(steps) == pytest.approx(decay * theta / math.hypot(noise, decay * theta), rel=0.05)
    assert pytest.approx(math.exp(-1), rel=1e-3) == (1 - 0.002 * 0.1) ** 5000


def test_decay_is_the_gradient_of_the_penalty() -> None:
    """«Затухание весов, которое не делится»."""
    theta = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
    (0.3 / 2 * theta.norm() ** 2).backward()
    assert theta.grad.tolist() == pytest.approx([0.3, -0.6, 0.9])


def test_a_step_that_shrinks_as_one_over_the_number_comes_home() -> None:
    """«Шаг, который меняется со временем»: Σ 1/t has no bound, Σ 1/t² has; a constant step stays where it wanders."""
    generator = np.random.default_rng(6)
    ends = {}
    for name, rate in (("constant", lambda t: 0.2), ("1/t", lambda t: 1 / t)):
        points = np.full(2000, 100.0)
        for t in range(1, 401):
            points = points - rate(t) * (points + generator.standard_normal(2000))
        ends[name] = math.sqrt((points**2).mean())
    assert ends["constant"] == pytest.approx(math.sqrt(0.2 / 1.8), rel=0.1)
    assert ends["1/t"] == pytest.approx(1 / math.sqrt(400), rel=0.1)
    numbers = np.arange(1, 1_000_001)
    assert (1 / numbers).sum() - (1 / numbers[:1000]).sum() == pytest.approx(math.log(1000), abs=0.01)
    assert (1 / numbers**2.0).sum() == pytest.approx(math.pi**2 / 6, abs=1e-5)


def test_a_constant_step_wanders_with_the_variance_of_the_formula() -> None:
    generator = np.random.default_rng(2)
    lr, curvature = 0.2, 1.0
    points, history = np.zeros(2000), []
    for number in range(300):
        points = points - lr * (curvature * points + generator.standard_normal(2000))
        if number >= 60:
            history.append(points.var())
    assert np.mean(history) == pytest.approx(lr / (curvature * (2 - lr * curvature)), rel=0.03)
    assert pytest.approx(0.002 / (2 * 3), rel=0.01) == 0.002 / (3 * (2 - 0.002 * 3))
    assert math.sqrt(10) == pytest.approx(3.2, abs=0.05)


def test_dropout_keeps_the_mean_adds_variance_and_punishes_trust_in_one_input() -> None:
    w, x, y, p = np.array([2.0, -1.0]), np.array([1.0, 3.0]), 1.0, 0.5
    masks = np.array(list(itertools.product((0, 1), repeat=2)))
    answers = (masks * x / (1 - p)) @ w  # the four are equally probable
    assert sorted(answers) == [-6, -2, 0, 4]
    for weights, punished in (((1, 0), 1), ((0.5, 0.5), 0.5)):  # «Яйца в двух корзинах»
        assert (masks / (1 - p) @ weights).mean() == 1
        assert (masks / (1 - p) @ weights).var() == punished
    scaled = masks[:, 0] / (1 - p)
    assert (scaled.mean(), scaled.std()) == (1, 1)  # noise as large as the signal
    assert answers.mean() == w @ x == -1
    penalty = p / (1 - p) * (w**2 @ x**2)
    assert answers.var() == pytest.approx(penalty) == pytest.approx(13)
    assert ((y - answers) ** 2).mean() == pytest.approx((y - w @ x) ** 2 + penalty) == pytest.approx(17)
    out = functional.dropout(torch.full((200_000,), 6.0), 0.25)
    assert sorted(out.unique().tolist()) == [0, 8]
    assert out.mean().item() == pytest.approx(6, abs=0.05)
    assert out.var().item() == pytest.approx(12, rel=0.03)


def test_the_whole_network_is_the_geometric_mean_of_its_subnetworks() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(4, generator=generator, dtype=torch.float64)
    w = torch.randn(3, 4, generator=generator, dtype=torch.float64)
    p, logs = 0.3, torch.zeros(3, dtype=torch.float64)
    for mask in itertools.product((0.0, 1.0), repeat=4):
        m = torch.tensor(mask, dtype=torch.float64)
        probability = math.prod(1 - p if one else p for one in mask)
        logs += probability * (w @ (m * x / (1 - p))).log_softmax(0)
    assert torch.allclose(logs.softmax(0), (w @ x).softmax(0))


@pytest.mark.parametrize(("classes", "alpha", "gap"), [(10, 0.1, 4.51), (5, 0.2, 3.04)])
def test_smoothed_labels_have_a_minimum(classes: int, alpha: float, gap: float) -> None:
    gaps = torch.linspace(0, 12, 12_001, dtype=torch.float64, requires_grad=True)
    logits = functional.one_hot(torch.zeros(len(gaps), dtype=torch.long), classes) * gaps[:, None]
    right = torch.zeros(len(gaps), dtype=torch.long)
    losses = functional.cross_entropy(logits, right, label_smoothing=alpha, reduction="none")
    assert gaps[losses.argmin()].item() == pytest.approx(gap, abs=0.005)
    if classes == 10:
        assert losses.min().item() == pytest.approx(0.50, abs=0.005)
    (slope,) = torch.autograd.grad(losses.sum(), gaps)
    assert torch.allclose(slope, logits.softmax(1)[:, 0] - (1 - alpha + alpha / classes))


def test_the_numbers_of_the_harder_problems() -> None:
    kappa, root = 100.0, 10.0
    mu, lr = (root - 1) / (root + 1), 1 / kappa  # Nesterov, curvatures from 1 to kappa
    roots = np.roots([1, -(1 + mu) * (1 - lr), mu * (1 - lr)])
    assert np.abs(roots) == pytest.approx([1 - 1 / root] * 2, abs=1e-6)
    generator = np.random.default_rng(4)
    points, total = np.zeros(4000), np.zeros(4000)
    for _ in range(400):
        points = points - 0.2 * (points + generator.standard_normal(4000))
        total += points
    assert (total / 400).var() == pytest.approx(1 / 400, rel=0.1)


def test_the_ravine_of_the_exam() -> None:
    assert np.abs(1 - 0.1 * np.array([2, 18])).max() == pytest.approx(0.8)
    assert math.ceil(math.log(1000) / -math.log(0.8)) == 31
    for curvature in (2, 18):
        assert np.abs(np.linalg.eigvals(momentum_matrix(0.125, 0.25, curvature))).max() == pytest.approx(0.5, abs=1e-6)


def test_the_weights_of_the_network_that_learns_by_heart() -> None:
    """«Сеть, которая заучила неверное»."""
    weights = 64 * 256 + 256 * 256 + 256 * 10
    assert 80_000 < weights < 90_000
    assert weights / 1300 > 60


def test_the_questions_to_oneself() -> None:
    """«Проверьте себя»."""
    assert math.sqrt(400 / 16) == 5
    step = 2 / (2 + 8)
    assert (step, 1 - step * 2, 1 - step * 8) == pytest.approx((0.2, 0.6, -0.6))
    assert pytest.approx(1.67, abs=0.005) == 1 / 0.6
    assert 2 / 8 == 0.25
    assert pytest.approx(15) == 3 / (1 - 0.8)
    assert adam_steps([10.0]) + adam_steps([-0.001]) == pytest.approx([1, -1])
    assert math.sqrt(1 / 4) == 1 / 2
    assert pytest.approx([0.84, 0.04]) == [(1 - 0.2) + 0.2 / 5, 0.2 / 5]
