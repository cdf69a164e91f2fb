"""Градиенты: 0,3 балла."""

import probes
import pytest
import torch
from answers import cause_at_large, gradient_of, likely_cause
from inputs import number, off_the_kink, weights
from layers import call_of, slope, unused

from kafedra.testing import check

LARGE = [-1e4, -800.0, -100.0, -1.0, 0.0, 1.0, 100.0, 800.0, 1e4]
ZERO = LARGE.index(0.0)
TOLERANCES = {torch.float64: {"rtol": 1e-8, "atol": 1e-12}, torch.float32: {"rtol": 1e-5, "atol": 1e-6}}


def check_gradient(submission, rng, name, **options):
    """Градиент вдали от излома равен производной, умноженной на пришедший сверху градиент."""
    x = off_the_kink((5, 6), rng)
    upstream = weights(x.shape, rng)
    call, factor = call_of(name, **options), slope(name, x, **options)
    gradient = gradient_of(submission.call(probes.gradient, name, x, upstream, **options), call, x, upstream)
    suspects = {
        "производная посчитана, но не умножена на пришедший сверху градиент": factor,
        "производная всюду равна 1: так ведёт себя функция, которая возвращает вход": upstream,
        "градиент всюду нулевой: ответ не зависит от x через операции torch": torch.zeros_like(x),
        "слева от нуля градиент потерян": torch.where(x > 0, factor * upstream, 0.0),
    }
    if options:
        suspects[unused(options)] = slope(name, x) * upstream
    expected = factor * upstream
    why = likely_cause(gradient, expected, suspects, "forward верен не весь или backward написан с ошибкой")
    check.close(gradient, expected, call=f"градиент {call}", inputs={"x": x}, why=why)


def check_large_gradient(submission, name, *, kink, if_nan, otherwise, **options):
    """На больших числах градиент конечен и верен, во float64 и во float32; в изломе годится любое конечное число."""
    for dtype in (torch.float64, torch.float32):
        x = torch.tensor(LARGE, dtype=dtype)
        upstream = torch.ones_like(x)
        call = f"{call_of(name, **options)} на больших числах {str(dtype).removeprefix('torch.')}"
        gradient = gradient_of(submission.call(probes.gradient, name, x, upstream, **options), call, x, upstream)
        expected = slope(name, x, **options)
        if kink and bool(gradient[ZERO].isfinite()):
            expected[ZERO] = gradient[ZERO]
        suspects = {unused(options): slope(name, x)} if options else {}
        flat = not kink and bool(gradient[ZERO] == 0)
        hint = "не через |x| ли она посчитана? У модуля в нуле производная 0, а у сигмоиды там 1/4" if flat else ""
        why = hint or cause_at_large(gradient, expected, x, suspects, if_nan=if_nan, otherwise=otherwise)
        check.close(gradient, expected, **TOLERANCES[dtype], call=f"градиент {call}", inputs={"x": x}, why=why)


@pytest.mark.points("0.05")
def test_relu_gradient(submission, rng):
    """Градиент ReLU: 1 справа, 0 слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MyReLU")


@pytest.mark.points("0.05")
def test_leaky_relu_gradient(submission, rng):
    """Градиент LeakyReLU: 1 справа, negative_slope слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MyLeakyReLU", negative_slope=number(0.05, 0.5, rng))


@pytest.mark.points("0.05")
def test_sigmoid_gradient(submission, rng):
    """Градиент сигмоиды: s·(1 − s)

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MySigmoid")


@pytest.mark.points("0.05")
def test_elu_gradient(submission, rng):
    """Градиент ELU: 1 справа, alpha·eˣ слева

    Autograd посчитает его сам, если ответ получен из x операциями torch.
    """
    check_gradient(submission, rng, "MyELU", alpha=number(0.4, 0.8, rng))


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_relu_gradient_large(submission):
    """Градиент ReLU: большие числа и нуль

    Градиент везде конечен. В самом нуле производной нет: подойдёт любое конечное число.
    """
    check_large_gradient(
        submission,
        "MyReLU",
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
    check_large_gradient(
        submission,
        "MyLeakyReLU",
        kink=True,
        if_nan="корень из x² и деление на |x| дают в нуле 0/0",
        otherwise="справа производная — 1 при любом x, слева — negative_slope",
        negative_slope=number(0.05, 0.5, rng),
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
        kink=False,
        if_nan="градиент прошёл через переполнившуюся exp: ∞·0 = NaN",
        otherwise="вдали от нуля производная сигмоиды — ноль, и с экспонентой она должна убывать, а не расти",
    )


@pytest.mark.hidden
@pytest.mark.points("0.025")
def test_elu_gradient_large(submission, rng):
    """Градиент ELU: большие числа и нуль

    Градиент везде конечен. torch.where выбирает верное значение, но градиент идёт через обе ветви: exp(1e4) = ∞,
    а ∞·0 = NaN. Ограничьте показатель сверху нулём до экспоненты. В самом нуле подойдёт любое конечное число.
    """
    check_large_gradient(
        submission,
        "MyELU",
        kink=True,
        if_nan="градиент прошёл через переполнившуюся exp соседней ветви: ∞·0 = NaN",
        otherwise="справа производная — 1 при любом x, слева — alpha·eˣ",
        alpha=number(1.2, 2.0, rng),
    )
