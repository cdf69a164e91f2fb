"""Градиенты: 0,3 балла."""

import probes
import pytest
import torch
from answers import gradient_of, has_nan, likely_cause
from inputs import number, off_the_kink, weights

from kafedra.testing import check

LARGE = [-1e4, -800.0, -100.0, -1.0, 0.0, 1.0, 100.0, 800.0, 1e4]
ZERO = LARGE.index(0.0)


def check_gradient(submission, rng, name, derivative, **options):
    """Градиент вдали от излома равен производной, умноженной на пришедший сверху градиент."""
    x = off_the_kink((5, 6), rng)
    upstream = weights(x.shape, rng)
    call = f"{name}()(x)"
    slope = derivative(x)
    gradient = gradient_of(submission.call(probes.gradient, name, x, upstream, **options), call, x)
    suspects = {
        "производная посчитана, но не умножена на пришедший сверху градиент": slope,
        "производная всюду равна 1: так ведёт себя функция, которая возвращает вход": upstream,
        "градиент всюду нулевой: ответ не зависит от x через операции torch": torch.zeros_like(x),
        "слева от нуля градиент потерян": torch.where(x > 0, slope * upstream, 0.0),
    }
    why = likely_cause(gradient, slope * upstream, suspects, "forward верен не весь или backward написан с ошибкой")
    check.close(gradient, slope * upstream, call=f"градиент {call}", inputs={"x": x}, why=why)


def check_large_gradient(submission, name, derivative, *, kink, if_nan, otherwise, **options):
    """На больших числах градиент конечен и верен; в изломе годится любое конечное число."""
    x = torch.tensor(LARGE, dtype=torch.float64)
    call = f"{name}()(x) на больших числах"
    gradient = gradient_of(submission.call(probes.gradient, name, x, torch.ones_like(x), **options), call, x)
    expected = derivative(x)
    if kink and bool(gradient[ZERO].isfinite()):
        expected[ZERO] = gradient[ZERO]
    why = if_nan if has_nan(gradient) else otherwise
    check.close(gradient, expected, call=f"градиент {call}", inputs={"x": x}, why=why)


def step(x):
    return (x > 0).double()


def sigmoid_slope(x):
    s = torch.sigmoid(x)
    return s * (1 - s)


@pytest.mark.points("0.05")
def test_relu_gradient(submission, rng):
    """Градиент ReLU: 1 справа, 0 слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MyReLU", step)


@pytest.mark.points("0.05")
def test_leaky_relu_gradient(submission, rng):
    """Градиент LeakyReLU: 1 справа, negative_slope слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    slope = number(0.05, 0.5, rng)
    check_gradient(submission, rng, "MyLeakyReLU", lambda x: step(x) + slope * (1 - step(x)), negative_slope=slope)


@pytest.mark.points("0.05")
def test_sigmoid_gradient(submission, rng):
    """Градиент сигмоиды: s·(1 − s)

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MySigmoid", sigmoid_slope)


@pytest.mark.points("0.05")
def test_elu_gradient(submission, rng):
    """Градиент ELU: 1 справа, alpha·eˣ слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    alpha = number(0.5, 2.0, rng)
    check_gradient(submission, rng, "MyELU", lambda x: torch.where(x > 0, 1.0, alpha * torch.exp(x)), alpha=alpha)


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_relu_gradient_large(submission):
    """Градиент ReLU: большие числа и нуль

    Градиент везде конечен. В самом нуле производной нет: подойдёт любое конечное число.
    """
    check_large_gradient(
        submission,
        "MyReLU",
        step,
        kink=True,
        if_nan="корень из x² и деление на |x| дают в нуле 0/0",
        otherwise="справа производная — 1 при любом x, слева — 0",
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_leaky_relu_gradient_large(submission, rng):
    """Градиент LeakyReLU: большие числа и нуль

    Градиент везде конечен. В самом нуле производной нет: подойдёт любое конечное число.
    """
    slope = number(0.05, 0.5, rng)
    check_large_gradient(
        submission,
        "MyLeakyReLU",
        lambda x: step(x) + slope * (1 - step(x)),
        kink=True,
        if_nan="корень из x² и деление на |x| дают в нуле 0/0",
        otherwise="справа производная — 1 при любом x, слева — negative_slope",
        negative_slope=slope,
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_sigmoid_gradient_large(submission):
    """Градиент сигмоиды: большие числа и нуль

    На больших числах градиент конечен, а в нуле равен 1/4. Даже когда 1/(1 + exp(−x)) верно, градиент через
    exp(1e4) = ∞ превращается в ∞·0 = NaN, и torch.where от этого не спасает: ограничьте показатель до экспоненты,
    например clamp. А у |x| производная в нуле нулевая.
    """
    check_large_gradient(
        submission,
        "MySigmoid",
        sigmoid_slope,
        kink=False,
        if_nan="градиент прошёл через переполнившуюся exp: ∞·0 = NaN",
        otherwise="не через |x| ли она посчитана? У модуля в нуле производная 0, а у сигмоиды там 1/4",
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_elu_gradient_large(submission, rng):
    """Градиент ELU: большие числа и нуль

    Градиент везде конечен. torch.where выбирает верное значение, но градиент идёт через обе ветви: exp(1e4) = ∞,
    а ∞·0 = NaN. Ограничьте показатель сверху нулём до экспоненты. В самом нуле подойдёт любое конечное число.
    """
    alpha = number(0.5, 2.0, rng)

    def derivative(x):
        return torch.where(x > 0, 1.0, alpha * torch.exp(x.clamp(max=0)))

    check_large_gradient(
        submission,
        "MyELU",
        derivative,
        kink=True,
        if_nan="градиент прошёл через переполнившуюся exp соседней ветви: ∞·0 = NaN",
        otherwise="справа производная — 1 при любом x, слева — alpha·eˣ",
        alpha=alpha,
    )
